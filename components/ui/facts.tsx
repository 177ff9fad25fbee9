import type { ReactNode } from "react";

/** A list of facts: a name and a value to each line. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="border-b border-line">{children}</dl>;
}

/** One fact. */
export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-9 flex-wrap items-baseline gap-x-4 border-t border-line py-1.5">
      <dt className="w-40 shrink-0 text-faint">{name}</dt>
      <dd className="min-w-0 tabular-nums max-md:basis-full md:flex-1">{children}</dd>
    </div>
  );
}
