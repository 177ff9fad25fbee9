import Link from "next/link";
import { useTranslations } from "next-intl";
import { RankNow } from "@/components/admin/watch/rank-now";
import { ReadingFailure } from "@/components/admin/watch/reading-failure";
import { Time } from "@/components/time/time";
import { Fact, Facts } from "@/components/ui/facts";
import type { ArticleDetail } from "@/lib/admin/watch-article";

/** What is read for an article and when its owner is told, with who decided each figure. */
export function ArticleFacts({ detail }: { detail: ArticleDetail }) {
  const t = useTranslations("watch");
  const { article, latest, previous, effective, quietUntil, hasOwner } = detail;
  const owner = `/admin/watch/users/${encodeURIComponent(article.user_id)}`;
  return (
    <Facts>
      <Fact name={t("facts.latest")}>
        <RankNow latest={latest} previous={previous} />
        {latest ? (
          <>
            {" "}
            · <Time at={latest.observedAt} tense="past" />
          </>
        ) : null}
        {latest?.status === "failed" ? (
          <div className="mt-1">
            <ReadingFailure error={latest.error} />
          </div>
        ) : null}
        {latest?.foundUrl && !sameUrl(latest.foundUrl, article.url) ? (
          <span className="block text-small break-all text-faint">
            {t("facts.foundAs", { url: latest.foundUrl })}
          </span>
        ) : null}
      </Fact>
      <Fact name={t("facts.keyword")}>
        {article.keyword}{" "}
        <span className="text-faint">
          {t("facts.search", { country: article.country, language: article.language })}
        </span>
      </Fact>
      <Fact name={t("facts.source")}>
        {t(`form.sources.${article.source}`)}
        {article.source === "search-console" ? (
          <span className="text-faint"> · {article.property ?? t("facts.propertyOfUrl")}</span>
        ) : null}
      </Fact>
      <Fact name={t("facts.owner")}>
        <Link href={owner} className="link">
          {article.user_id}
        </Link>
        {hasOwner ? null : <span className="text-late"> · {t("facts.noSettings")}</span>}
      </Fact>
      <Fact name={t("facts.thresholds")}>
        <ul className="flex flex-wrap gap-x-6">
          {effective.thresholds.map(({ name, value, from }) => (
            <li key={name}>
              {t(`thresholds.${name}.fact`, { value })}{" "}
              <span className="text-small text-faint">{t(`from.${from}`)}</span>
            </li>
          ))}
        </ul>
      </Fact>
      <Fact name={t("facts.muted")}>
        {effective.muted.kinds.length === 0
          ? t("facts.nothingMuted")
          : effective.muted.kinds.map((kind) => t(`kinds.${kind}`)).join(" · ")}{" "}
        <span className="text-small text-faint">{t(`from.${effective.muted.from}`)}</span>
      </Fact>
      <Fact name={t("facts.cooldown")}>
        {quietUntil
          ? t.rich("facts.quietUntil", { time: () => <Time at={quietUntil} absolute /> })
          : t("facts.notQuiet")}
        {article.last_notification_sent_at ? (
          <span className="text-faint">
            {" "}
            ·{" "}
            {t.rich("facts.toldAt", {
              time: () => <Time at={article.last_notification_sent_at} tense="past" />,
            })}
          </span>
        ) : null}
      </Fact>
    </Facts>
  );
}

function sameUrl(a: string, b: string): boolean {
  return a.replace(/\/$/, "") === b.replace(/\/$/, "");
}
