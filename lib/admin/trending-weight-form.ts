import { SCORE_PARTS, type ScorePart, type ScoreWeights } from "@/lib/trending/types";

/** SQL `score_weights_are_finite` and `score_profile_names_are_short`. */
const LIMIT = 1_000;
const NAME = /^[a-z0-9-]{1,40}$/;

/** Weights as they stand in the fields of a form. */
export type WeightTexts = Record<ScorePart, string>;
/** Why a field is not taken. */
export type WeightProblems = Partial<Record<ScorePart, "weight"> & { name: "name" | "taken" }>;

/** Whether a profile may be called so. */
export function isProfileName(name: string): boolean {
  return NAME.test(name);
}

/** Reads weights as somebody typed them; a field that is no weight is named. */
export function readWeights(
  texts: WeightTexts,
): { ok: true; weights: ScoreWeights } | { ok: false; problems: WeightProblems } {
  const weights: Partial<ScoreWeights> = {};
  const problems: WeightProblems = {};
  for (const part of SCORE_PARTS) {
    const weight = weightOf(texts[part]);
    if (weight === null) problems[part] = "weight";
    else weights[part] = weight;
  }
  return isWhole(weights) ? { ok: true, weights } : { ok: false, problems };
}

/** Weights as a form shows them. */
export function weightTexts(weights: ScoreWeights): WeightTexts {
  return Object.fromEntries(SCORE_PARTS.map((part) => [part, String(weights[part])])) as WeightTexts;
}

/** Whether two profiles score alike. */
export function sameWeights(a: ScoreWeights, b: ScoreWeights): boolean {
  return SCORE_PARTS.every((part) => a[part] === b[part]);
}

function isWhole(weights: Partial<ScoreWeights>): weights is ScoreWeights {
  return SCORE_PARTS.every((part) => weights[part] !== undefined);
}

/** A decimal number within the limits, else null. Takes what a Japanese keyboard or a copied minus sign brings. */
function weightOf(text: string): number | null {
  const plain = text.normalize("NFKC").trim().replace("−", "-");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(plain)) return null;
  const weight = Number(plain);
  // -0 would be stored as it is and compare as different text.
  return Math.abs(weight) <= LIMIT ? weight + 0 : null;
}
