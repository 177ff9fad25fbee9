"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import {
  importArticles,
  importObservations,
  type LookAnswer,
  lookAtArticles,
  lookAtObservations,
  type Refused,
  type WriteAnswer,
} from "@/lib/admin/watch-import-actions";
import { type ImportKind, type OpenSheet, openSheet, type Part, partsOf } from "@/lib/admin/watch-sheet";
import type { CsvProblem } from "@/lib/watch/csv-problems";

/** What an import would do; nothing has been written. */
export interface Look {
  fresh: number;
  changed: number;
  problems: CsvProblem[];
  /** Rows that name an article nobody knows, or two articles at once. */
  leftOut: string[];
  failed: number;
  future: number;
  parts: Part[];
  columns: string[];
}

export type Stage =
  | { at: "choosing" }
  | { at: "looking" | "writing"; done: number; total: number }
  | { at: "looked"; look: Look }
  | { at: "done"; fresh: number; changed: number; look: Look }
  /** `written`: rows that were stored before it. */
  | { at: "refused"; why: Refused["why"]; written: number };

const UNANSWERED: Refused = { ok: false, why: "unanswered" };

/** An import in two steps: looking at what it would do, then doing it, part by part. */
export function useImport(kind: ImportKind, today: string) {
  const router = useRouter();
  const [stage, setStage] = useState<Stage>({ at: "choosing" });

  const look = async (bytes: Uint8Array) => {
    setStage({ at: "looking", done: 0, total: 0 });
    // Lets the word appear before the browser is busy with the sheet.
    await new Promise((resolve) => setTimeout(resolve, 30));
    const sheet = await openSheet(kind, bytes, today);
    const parts = partsOf(placesToTake(sheet), sheet.format);
    const look: Look = {
      fresh: 0,
      changed: 0,
      problems: sheet.problems,
      leftOut: [],
      failed: sheet.rows.filter(({ skipped }) => skipped === "failed").length,
      future: sheet.rows.filter(({ skipped }) => skipped === "future").length,
      parts: [],
      columns: sheet.columns,
    };
    for (const [index, part] of parts.entries()) {
      setStage({ at: "looking", done: index, total: parts.length });
      const ask = kind === "articles" ? lookAtArticles : lookAtObservations;
      const answer: LookAnswer = await ask(part.text).catch(() => UNANSWERED);
      if (!answer.ok) {
        setStage({ at: "refused", why: answer.why, written: 0 });
        return;
      }
      look.fresh += answer.fresh;
      look.changed += answer.changed;
      const left = new Set(answer.leftOut.map((place) => part.places[place]));
      look.leftOut.push(...[...left].flatMap((place) => sheet.rows[place ?? -1]?.label ?? []));
      const kept = part.places.filter((place) => !left.has(place));
      if (kept.length > 0)
        look.parts.push(left.size === 0 ? part : { places: kept, text: sheet.format(kept) });
    }
    setStage({ at: "looked", look });
  };

  const write = async (look: Look) => {
    let [fresh, changed] = [0, 0];
    for (const [index, part] of look.parts.entries()) {
      setStage({ at: "writing", done: index, total: look.parts.length });
      const answer: WriteAnswer = await (kind === "articles"
        ? importArticles(part.text, look.columns)
        : importObservations(part.text)
      ).catch(() => UNANSWERED);
      if (!answer.ok) {
        setStage({ at: "refused", why: answer.why, written: fresh + changed });
        return;
      }
      fresh += answer.fresh;
      changed += answer.changed;
    }
    setStage({ at: "done", fresh, changed, look });
    router.refresh();
  };

  return { stage, look, write, again: () => setStage({ at: "choosing" }) };
}

function placesToTake(sheet: OpenSheet): number[] {
  return sheet.rows.flatMap((row, place) => (row.skipped === null ? [place] : []));
}
