import { PageSkeleton } from "@/components/ui/page-skeleton";

/** The list of articles on its way, in its own shape. */
export default function Loading() {
  return <PageSkeleton facts={2} rows={14} />;
}
