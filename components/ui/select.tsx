import type { ComponentProps } from "react";

/** A native select with its label before it: the best there is on a phone and with a keyboard. */
export function Select({ label, className = "", ...rest }: ComponentProps<"select"> & { label: string }) {
  return (
    <label className="inline-flex items-center gap-1.5 text-small text-faint">
      <span className="whitespace-nowrap">{label}</span>
      <select
        className={`h-8 max-w-44 rounded-sm border border-line-strong bg-paper px-1.5 text-ink hover:border-ink ${className}`}
        {...rest}
      />
    </label>
  );
}
