import { PageSkeleton } from "@/components/ui/page-skeleton";

/** The profiles on their way. */
export default function Loading() {
  return <PageSkeleton rows={8} columns={5} />;
}
