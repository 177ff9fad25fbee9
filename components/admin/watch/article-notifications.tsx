import Link from "next/link";
import { useTranslations } from "next-intl";
import { Time } from "@/components/time/time";
import { type MarkKind, StateMark } from "@/components/ui/state-mark";
import type { ArticleDetail, ArticleNotification } from "@/lib/admin/watch-article";

const MARKS: Record<ArticleNotification["state"], MarkKind> = {
  pending: "waiting",
  sent: "succeeded",
  failed: "failed",
  uncertain: "late",
  suppressed: "skipped",
};

/** The latest that was told of an article, or deliberately not. */
export function ArticleNotifications({ detail }: { detail: ArticleDetail }) {
  const t = useTranslations("watch");
  if (detail.notifications.length === 0) return <p className="text-faint">{t("told.none")}</p>;
  return (
    <>
      <ul className="border-b border-line">
        {detail.notifications.map((told) => (
          <li
            key={told.id}
            className="flex min-h-9 flex-wrap items-center gap-x-4 border-t border-line py-1 tabular-nums"
          >
            <span className="w-24 whitespace-nowrap text-faint">{told.checked_on}</span>
            <span className="w-36">{t(`kinds.${told.kind}`)}</span>
            <StateMark kind={MARKS[told.state]}>
              {told.suppressed_reason
                ? t(`told.suppressed.${told.suppressed_reason}`)
                : t(`told.states.${told.state}`)}
            </StateMark>
            {told.sent_at ? <Time at={told.sent_at} tense="past" /> : null}
          </li>
        ))}
      </ul>
      <p className="mt-2">
        <Link href={`/admin/notifications?article=${encodeURIComponent(detail.article.id)}`} className="link">
          {t("told.all")}
        </Link>
      </p>
    </>
  );
}
