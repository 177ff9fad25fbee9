import type { ReactNode } from "react";

/** The look of every field for text. */
export const INPUT =
  "block w-full min-w-0 rounded-sm border border-line-strong bg-raised px-2 text-ink placeholder:text-faint/80 aria-invalid:border-failed";

interface FieldProps {
  /** Also the id of its input. */
  name: string;
  label: ReactNode;
  /** What may stand in it, or what an empty one means. */
  hint?: ReactNode;
  /** What is wrong with what stands in it. */
  error?: string | undefined;
  className?: string;
  children: ReactNode;
}

/** A field with its label above it, its hint below, and beside it what is wrong. */
export function Field({ name, label, hint, error, className = "", children }: FieldProps) {
  return (
    <div className={`space-y-1 ${className}`}>
      <label htmlFor={name} className="block">
        {label}
      </label>
      {children}
      <p id={`${name}-note`} className="text-small">
        {error ? <span className="text-failed">{error}</span> : <span className="text-faint">{hint}</span>}
      </p>
    </div>
  );
}

/** What an input needs to belong to its {@link Field}. */
export function fieldProps(name: string, error: string | undefined) {
  return {
    id: name,
    name,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": `${name}-note`,
  };
}
