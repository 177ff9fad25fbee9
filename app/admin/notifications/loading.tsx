import { PageSkeleton } from "@/components/ui/page-skeleton";

/** Notifications on their way, in their own shape. */
export default function Loading() {
  return <PageSkeleton rows={20} />;
}
