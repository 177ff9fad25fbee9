import { PageSkeleton } from "@/components/ui/page-skeleton";

/** A message on its way, in its own shape. */
export default function Loading() {
  return <PageSkeleton facts={8} rows={8} />;
}
