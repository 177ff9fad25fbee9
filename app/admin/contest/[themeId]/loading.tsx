import { PageSkeleton } from "@/components/ui/page-skeleton";

/** A theme on its way, in its own shape. */
export default function Loading() {
  return <PageSkeleton facts={6} rows={20} />;
}
