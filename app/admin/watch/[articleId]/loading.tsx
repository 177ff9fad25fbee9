import { PageSkeleton } from "@/components/ui/page-skeleton";
import { Bar } from "@/components/ui/skeleton";

/** An article on its way: title, actions, chart, facts. */
export default function Loading() {
  return (
    <div aria-busy="true">
      <PageSkeleton rows={0} columns={3} />
      <Bar width="100%" className="h-70" />
    </div>
  );
}
