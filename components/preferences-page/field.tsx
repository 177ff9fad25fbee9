"use client";

import { type ComponentProps, type ReactNode, useId } from "react";

export const INPUT =
  "block h-11 w-full max-md:text-[16px] rounded-sm border border-line-strong bg-raised px-3 text-ink tabular-nums hover:border-ink aria-invalid:border-failed";

/** A group of fields under a heading of its own. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-8 border-t border-line pt-5">
      <h2 className="mb-4 font-serif text-title font-medium">{title}</h2>
      <div className="space-y-5">{children}</div>
    </section>
  );
}

interface LabelledProps {
  label: string;
  hint?: ReactNode;
  /** What is wrong with it. */
  error: string | null;
  children: (attributes: {
    id: string;
    "aria-describedby": string;
    "aria-invalid": true | undefined;
  }) => ReactNode;
}

/** A field with its label above it, and below it what helps or is wrong. */
export function Labelled({ label, hint, error, children }: LabelledProps) {
  const id = useId();
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      {children({ id, "aria-describedby": `${id}-hint`, "aria-invalid": error ? true : undefined })}
      <p id={`${id}-hint`} className="text-small text-faint">
        {error ? <span className="block font-medium text-failed">{error}</span> : null}
        {hint}
      </p>
    </div>
  );
}

/** A choice of yes or no, large enough for a thumb. */
export function Check({ children, ...rest }: ComponentProps<"input">) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-3 border-b border-line py-2">
      <input type="checkbox" className="size-5 shrink-0 accent-accent" {...rest} />
      <span className="min-w-0 break-words">{children}</span>
    </label>
  );
}
