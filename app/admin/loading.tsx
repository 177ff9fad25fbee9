import { Bar, TableSkeleton } from "@/components/ui/skeleton";

/** The overview on its way, in its own shape. */
export default function Loading() {
  return (
    <div aria-busy="true">
      <div className="mb-6">
        <Bar width="16rem" className="h-5" />
      </div>
      <TableSkeleton rows={5} columns={6} />
    </div>
  );
}
