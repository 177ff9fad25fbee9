"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { pathWith } from "@/lib/admin/search-params";
import {
  type ChooseAnswer,
  chooseProfile,
  removeProfile,
  type SaveAnswer,
  saveProfile,
} from "@/lib/admin/trending-actions";
import { WEIGHTS_PATH } from "@/lib/admin/trending-filter";
import { readWeights, sameWeights, weightTexts } from "@/lib/admin/trending-weight-form";
import type { ProfileRow } from "@/lib/admin/trending-weights";
import type { ScorePart, ScoreWeights } from "@/lib/trending/types";

/** How the last thing the reader asked for ended. */
export type WeighingAnswer = SaveAnswer | ChooseAnswer;

const UNANSWERED = { kind: "refused", why: "unanswered" } as const;

/**
 * The fields of a profile and what can be done with it. Remembers which version the reader has seen: whoever saves or
 * switches after somebody else did is told first. `profile` null: a new one, which starts like the one in force.
 */
export function useWeighing(profile: ProfileRow | null, inForce: { name: string; weights: ScoreWeights }) {
  const router = useRouter();
  const [name, setName] = useState(profile?.name ?? "");
  const [texts, setTexts] = useState(weightTexts(profile?.weights ?? inForce.weights));
  const [seen, setSeen] = useState(profile?.updatedAt ?? null);
  const [saved, setSaved] = useState<ScoreWeights | null>(profile?.weights ?? null);
  const [answer, setAnswer] = useState<WeighingAnswer | null>(null);
  const [pending, startTransition] = useTransition();
  const read = readWeights(texts);

  const save = () =>
    startTransition(async () => {
      const found: SaveAnswer = await saveProfile({
        name,
        texts,
        seen,
        inForce: inForce.name === name,
      }).catch(() => UNANSWERED);
      if (found.kind === "saved" && profile === null) {
        router.push(pathWith(WEIGHTS_PATH, { profile: name, saved: "1" }));
        return;
      }
      if (found.kind === "saved" || found.kind === "changed") setSeen(found.updatedAt);
      if (found.kind === "saved" && read.ok) setSaved(read.weights);
      if (found.kind === "changed") setSaved(found.weights);
      setAnswer(found);
      router.refresh();
    });

  const choose = (chosen: string | null) =>
    startTransition(async () => {
      const found: ChooseAnswer = await chooseProfile(chosen, {
        inForce: inForce.name,
        updatedAt: seen,
      }).catch(() => UNANSWERED);
      if (found.kind === "reweighed") {
        setSeen(found.updatedAt);
        setSaved(found.weights);
        setTexts(weightTexts(found.weights));
      }
      setAnswer(found);
      router.refresh();
    });

  const remove = () =>
    startTransition(async () => {
      const found = await removeProfile(name).catch(() => UNANSWERED);
      if (found.kind === "removed") router.push(pathWith(WEIGHTS_PATH, { removed: name }));
      else setAnswer(found);
    });

  return {
    name,
    setName,
    texts,
    setText: (part: ScorePart, text: string) => setTexts((kept) => ({ ...kept, [part]: text })),
    /** Null while a field is no weight. */
    weights: read.ok ? read.weights : null,
    /** What stands in the fields is not what is saved. */
    dirty: saved === null || !read.ok || !sameWeights(read.weights, saved),
    answer,
    pending,
    save,
    choose,
    remove,
  };
}
