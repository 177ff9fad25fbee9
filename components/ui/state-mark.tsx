import type { ReactNode } from "react";

export type MarkKind =
  | "running"
  | "on_time"
  | "due"
  | "late"
  | "failed"
  | "waiting"
  | "on_demand"
  | "succeeded"
  | "skipped"
  | "queued"
  | "canceled"
  | "lost";

/** Colour of the word beside each shape; the shape alone tells the states apart too. */
const COLOURS: Record<MarkKind, string> = {
  running: "text-accent",
  on_time: "text-succeeded",
  succeeded: "text-succeeded",
  due: "text-faint",
  late: "text-late",
  failed: "text-failed",
  lost: "text-failed",
  waiting: "text-faint",
  queued: "text-faint",
  on_demand: "text-faint",
  skipped: "text-skipped",
  canceled: "text-skipped",
};

const SHAPES: Record<MarkKind, ReactNode> = {
  running: (
    <>
      <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1.25a4.75 4.75 0 0 1 0 9.5z" fill="currentColor" />
    </>
  ),
  on_time: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  succeeded: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  due: (
    <>
      <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M6 3v3.200l2 1.300" fill="none" stroke="currentColor" strokeWidth="1.4" />
    </>
  ),
  late: <path d="M6 .8 11.6 11H.4z" fill="var(--late-mark)" />,
  failed: <path d="m2 2 8 8m0-8-8 8" stroke="currentColor" strokeWidth="2.6" />,
  lost: <path d="m2 2 8 8m0-8-8 8" stroke="currentColor" strokeWidth="2.6" />,
  waiting: <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  queued: <circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  on_demand: <path d="M6 1 11 6 6 11 1 6z" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  skipped: <path d="M1.5 6h9" stroke="currentColor" strokeWidth="2.4" />,
  canceled: <rect x="2" y="2" width="8" height="8" fill="none" stroke="currentColor" strokeWidth="1.8" />,
};

/** A state as shape and word, never colour alone. */
export function StateMark({ kind, children }: { kind: MarkKind; children: ReactNode }) {
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${COLOURS[kind]}`}>
      <svg viewBox="0 0 12 12" className="size-2.5 shrink-0" aria-hidden="true">
        {SHAPES[kind]}
      </svg>
      {children}
    </span>
  );
}
