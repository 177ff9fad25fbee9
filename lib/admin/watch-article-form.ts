import { z } from "zod";
import * as cell from "@/lib/watch/csv-cells";
import type { CsvProblemCode } from "@/lib/watch/csv-problems";

/** A form's fields are read as the cells of a sheet are: one rule, however an article comes in. */
const articleForm = z.object({
  user_id: cell.given,
  url: cell.webAddress,
  title: cell.given,
  keyword: cell.given,
  source: cell.source,
  property: cell.optional,
  country: cell.country,
  language: cell.language,
  competitors: cell.hosts,
  drop_threshold: cell.wholeNumber(1),
  rise_threshold: cell.wholeNumber(1),
  top_10_threshold: cell.wholeNumber(1),
  top_3_threshold: cell.wholeNumber(1),
  lost_after_days: cell.wholeNumber(1),
  notification_cooldown_days: cell.wholeNumber(0),
  muted_kinds: cell.kinds,
});
export type ArticleFields = z.infer<typeof articleForm>;
export type ArticleField = keyof ArticleFields;

/** Why a field is not taken; `taken`: the owner watches this page for this keyword already. */
export type FieldProblem = CsvProblemCode | "taken";
export type FieldProblems = Partial<Record<ArticleField, FieldProblem>>;

export type ReadForm = { ok: true; fields: ArticleFields } | { ok: false; problems: FieldProblems };

/** Reads the form of an article. `muted_kinds` comes as check boxes beside the choice whose kinds hold. */
export function readArticleForm(form: FormData): ReadForm {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const competitors = text("competitors").split(/[\s,;]+/);
  const muted = form.getAll("muted_kinds").map(String);
  const given = Object.fromEntries(Object.keys(articleForm.shape).map((name) => [name, text(name)]));
  const parsed = articleForm.safeParse({
    ...given,
    competitors: competitors.join(";"),
    muted_kinds: text("muted_by") === "article" ? muted.join(";") || cell.NONE : "",
  });
  if (parsed.success) return { ok: true, fields: parsed.data };
  const problems: FieldProblems = {};
  for (const { path, message } of parsed.error.issues) {
    const field = path[0] as ArticleField;
    problems[field] ??= message as CsvProblemCode;
  }
  return { ok: false, problems };
}
