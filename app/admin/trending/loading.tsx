import { PageSkeleton } from "@/components/ui/page-skeleton";

/** The ranking of topics on its way, in its own shape. */
export default function Loading() {
  return <PageSkeleton rows={14} />;
}
