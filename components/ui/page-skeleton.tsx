import { Bar, TableSkeleton } from "@/components/ui/skeleton";

interface PageSkeletonProps {
  /** Lines of facts under the title. */
  facts?: number;
  rows?: number;
  columns?: number;
}

/** A page of the admin on its way: title, facts, table, each as high as it will be. */
export function PageSkeleton({ facts = 0, rows = 12, columns = 6 }: PageSkeletonProps) {
  return (
    <div aria-busy="true">
      <div className="mb-6 flex h-[50px] flex-col justify-center gap-2">
        <Bar width="14rem" className="h-5" />
        <Bar width="20rem" />
      </div>
      {Array.from({ length: facts }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders that never move.
        <div key={line} className="flex h-9 items-center gap-10 border-t border-line">
          <Bar width="7rem" />
          <Bar width="14rem" />
        </div>
      ))}
      <TableSkeleton rows={rows} columns={columns} />
    </div>
  );
}
