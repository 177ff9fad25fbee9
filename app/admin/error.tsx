"use client";

import { PageError } from "@/components/page-error";

/** An error a page of the admin did not foresee; the rail stays. */
export default function AdminError(props: { error: unknown; retry: () => void }) {
  return <PageError {...props} />;
}
