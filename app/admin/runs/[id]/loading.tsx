import { PageSkeleton } from "@/components/ui/page-skeleton";

/** A run on its way, in its own shape. */
export default function Loading() {
  return <PageSkeleton facts={9} rows={2} columns={4} />;
}
