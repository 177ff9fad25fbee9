import { PageSkeleton } from "@/components/ui/page-skeleton";

/** The ledger on its way, in its own shape. */
export default function Loading() {
  return <PageSkeleton rows={20} />;
}
