"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** What an error boundary shows: what happened, what was kept, what to do. */
export function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations("common");
  const digest = digestOf(error);
  return (
    <section aria-labelledby="page-error" className="py-8">
      <h1 id="page-error" className="mb-4 text-title font-medium">
        {t("error.title")}
      </h1>
      <Notice
        tone="error"
        title={t("error.what")}
        actions={<Button onClick={() => retry()}>{t("actions.retry")}</Button>}
      >
        <p>{t("error.kept")}</p>
        <p>{t("error.todo", { digest: digest ?? "none" })}</p>
      </Notice>
    </section>
  );
}

/** The mark under which the server logged an error of its own. */
function digestOf(error: unknown): string | null {
  return error instanceof Error && "digest" in error && typeof error.digest === "string"
    ? error.digest
    : null;
}
