import type { ComponentProps, ReactNode } from "react";

interface TableProps extends ComponentProps<"table"> {
  /** Named for those who cannot see the heading above it. */
  label: string;
}

/** A table with rows of 36 px; below the `md` width each row becomes a short list with its column names. */
export function Table({ label, className = "", ...rest }: TableProps) {
  return (
    <table aria-label={label} className={`w-full border-collapse max-md:block ${className}`} {...rest} />
  );
}

/** Column names; out of sight where rows are lists. */
export function Head({ children }: { children: ReactNode }) {
  return (
    <thead className="max-md:sr-only">
      <tr>{children}</tr>
    </thead>
  );
}

/** The rows. */
export function Body({ children }: { children: ReactNode }) {
  return <tbody className="max-md:block">{children}</tbody>;
}

/** One row. */
export function Row({ className = "", ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      className={`border-t border-line max-md:flex max-md:flex-wrap max-md:gap-x-4 max-md:py-2 ${className}`}
      {...rest}
    />
  );
}

interface CellProps extends ComponentProps<"td"> {
  /** Figures stand at the right. */
  figures?: boolean;
}

/** The name of a column. */
export function ColumnName({ figures = false, className = "", ...rest }: CellProps) {
  return (
    <th
      scope="col"
      className={`h-9 whitespace-nowrap px-2 text-small font-normal text-faint first:pl-0 last:pr-0 ${
        figures ? "text-right" : "text-left"
      } ${className}`}
      {...rest}
    />
  );
}

/** One value. `name` is its column's, shown before it where rows are lists. */
export function Cell({
  figures = false,
  name,
  className = "",
  children,
  ...rest
}: CellProps & { name?: string }) {
  return (
    <td
      className={`h-9 px-2 py-0.5 align-middle md:[&_button]:max-h-7.5 first:pl-0 last:pr-0 max-md:flex max-md:h-auto max-md:items-baseline max-md:gap-1.5 max-md:p-0 ${
        figures ? "whitespace-nowrap text-right" : "text-left"
      } ${className}`}
      {...rest}
    >
      {name ? <span className="text-small text-faint md:hidden">{name}</span> : null}
      {children}
    </td>
  );
}
