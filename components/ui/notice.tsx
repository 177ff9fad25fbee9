import type { ReactNode } from "react";

const TONES = {
  error: "border-failed",
  stale: "border-late-mark",
  good: "border-succeeded",
  plain: "border-line-strong",
} as const;

interface NoticeProps {
  tone?: keyof typeof TONES;
  title: ReactNode;
  children?: ReactNode;
  /** What the reader can do about it. */
  actions?: ReactNode;
}

/** A message in the flow of the page: what happened, what was kept, what to do. */
export function Notice({ tone = "plain", title, children, actions }: NoticeProps) {
  return (
    <div className={`border-l-2 py-0.5 pl-3 ${TONES[tone]}`}>
      <p className="font-medium">{title}</p>
      {children ? <div className="max-w-prose space-y-0.5 text-faint">{children}</div> : null}
      {actions ? <div className="mt-2 flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}

/** A page or a part of it that has nothing to show: why, and what to do. */
export function Empty({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="border-y border-line py-8 text-center">
      <p>{title}</p>
      {children ? <div className="mx-auto mt-1 max-w-prose text-faint">{children}</div> : null}
    </div>
  );
}
