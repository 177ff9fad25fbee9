"use client";

import { useTranslations } from "next-intl";

const KNOWN = ["pending", "sending", "sent", "delivered", "failed", "unconfirmed"] as const;

/** Push messages by status, in the order they go through. */
export function Pushes({ pushes }: { pushes: { status: string; messages: number }[] }) {
  const t = useTranslations("overview");
  const counts = new Map(pushes.map(({ status, messages }) => [status, messages]));
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-6 border-y border-line py-1.5">
      <h3 className="font-medium">{t("pushes")}</h3>
      {pushes.length === 0 ? (
        <p className="text-faint">{t("noPushes")}</p>
      ) : (
        <dl className="flex flex-wrap gap-x-6 tabular-nums">
          {KNOWN.filter((status) => counts.has(status)).map((status) => (
            <div key={status} className="flex gap-1.5">
              <dt className={status === "failed" ? "text-failed" : "text-faint"}>
                {t(`pushStatus.${status}`)}
              </dt>
              <dd>{(counts.get(status) ?? 0).toLocaleString("en-US")}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
