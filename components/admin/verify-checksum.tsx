"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { StateMark } from "@/components/ui/state-mark";
import { verifyChecksum } from "@/lib/admin/actions";

type Verdict = Awaited<ReturnType<typeof verifyChecksum>>;

/** Recomputes the checksum from the stored rows and says whether they are still what was published. */
export function VerifyChecksum({ themeId }: { themeId: string }) {
  const t = useTranslations("theme");
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [pending, startTransition] = useTransition();
  const verify = () =>
    startTransition(async () => {
      setVerdict(await verifyChecksum(themeId).catch((): Verdict => ({ kind: "failed" })));
    });
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-3">
      <button type="button" className="link" aria-disabled={pending} onClick={verify} data-testid="verify">
        {pending ? t("verifying") : t("verify")}
      </button>
      <span role="status" data-testid="verdict" data-verdict={verdict?.kind}>
        {verdict && !pending ? (
          <StateMark kind={verdict.kind === "verified" ? "succeeded" : "failed"}>
            <span className="whitespace-normal break-all">{words(verdict)}</span>
          </StateMark>
        ) : null}
      </span>
    </span>
  );

  function words(said: Verdict): string {
    if (said.kind === "verified") return t("verified");
    return said.kind === "differs" ? t("differs", { checksum: said.recomputed }) : t("verifyFailed");
  }
}
