import { PageSkeleton } from "@/components/ui/page-skeleton";

/** The list of themes on its way, in its own shape. */
export default function Loading() {
  return <PageSkeleton rows={10} />;
}
