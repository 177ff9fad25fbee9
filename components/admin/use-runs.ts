"use client";

import { useState } from "react";
import type { RunAnswer } from "@/lib/admin/run-answer";

/** Runs that this page asked for: which are under way, and how each ended. */
export function useRuns(onChange: () => void) {
  const [running, setRunning] = useState<string[]>([]);
  const [answers, setAnswers] = useState<Record<string, RunAnswer>>({});

  /** Starts a run under a name of the page's choice, and keeps its answer. */
  async function run(name: string, start: () => Promise<RunAnswer>): Promise<void> {
    setRunning((names) => [...names, name]);
    dismiss(name);
    // The ledger shows the run a moment after it was asked for.
    const peek = setTimeout(onChange, 600);
    const answer = await start().catch((): RunAnswer => ({ kind: "refused", why: "unanswered" }));
    clearTimeout(peek);
    setAnswers((kept) => ({ ...kept, [name]: answer }));
    setRunning((names) => names.filter((other) => other !== name));
    onChange();
  }

  function dismiss(name: string): void {
    setAnswers(({ [name]: _, ...kept }) => kept);
  }

  return { running, answers, run, dismiss };
}
