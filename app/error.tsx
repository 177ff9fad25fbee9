"use client";

import { PageError } from "@/components/page-error";

/** An error no page foresaw. */
export default function ErrorPage(props: { error: unknown; retry: () => void }) {
  return (
    <main className="mx-auto max-w-[60rem] px-4">
      <PageError {...props} />
    </main>
  );
}
