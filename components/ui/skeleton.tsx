/** A grey bar where a line of text will be. */
export function Bar({ width, className = "" }: { width: string; className?: string }) {
  return (
    <span className={`skeleton inline-block h-3.5 max-w-full align-middle ${className}`} style={{ width }} />
  );
}

const WIDTHS = ["9rem", "5rem", "6rem", "4rem", "7rem", "5rem"];

/** A table that is on its way: its real row height, so that nothing moves when it comes. */
export function TableSkeleton({ rows, columns }: { rows: number; columns: number }) {
  return (
    <div aria-hidden="true">
      <div className="h-9" />
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders that never move.
        <div key={row} className="flex h-9 items-center gap-4 border-t border-line max-md:h-16">
          {WIDTHS.slice(0, columns).map((width, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders that never move.
            <span key={column} className={column > 1 ? "max-md:hidden" : ""}>
              <Bar width={width} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
