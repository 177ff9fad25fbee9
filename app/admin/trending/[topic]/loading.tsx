import { PageSkeleton } from "@/components/ui/page-skeleton";
import { Bar } from "@/components/ui/skeleton";

/** A topic on its way: title, windows, chart. */
export default function Loading() {
  return (
    <div aria-busy="true">
      <PageSkeleton rows={3} columns={5} />
      <Bar width="100%" className="mt-10 h-55" />
    </div>
  );
}
