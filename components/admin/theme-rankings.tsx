import Link from "next/link";
import { useTimeZone, useTranslations } from "next-intl";
import { FinalTable } from "@/components/admin/final-table";
import { LiveTable } from "@/components/admin/live-table";
import { Time } from "@/components/time/time";
import { buttonLook } from "@/components/ui/button";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Empty, Notice } from "@/components/ui/notice";
import { pathWith } from "@/lib/admin/search-params";
import { RANKS, type ThemePage } from "@/lib/admin/theme-page";
import { minuteTime } from "@/lib/i18n/time";

interface ThemeRankingsProps {
  page: ThemePage;
  /** The first rank shown. */
  from: number;
  /** Which of the two a small screen shows. */
  view: "final" | "live";
}

/** The final ranking beside the live one; a small screen shows one of them at a time. */
export function ThemeRankings({ page, from, view }: ThemeRankingsProps) {
  const t = useTranslations("theme");
  const path = `/admin/contest/${encodeURIComponent(page.theme.id)}`;
  const start = from === 1 ? null : String(from);
  const total = Math.max(page.snapshot?.entries ?? 0, page.live.kind === "page" ? page.live.total : 0);
  const until = Math.min(from + RANKS - 1, total);
  const both = page.snapshot !== null;
  return (
    <>
      {both ? (
        <LinkTabs
          label={t("both")}
          className="mb-4 lg:hidden"
          tabs={(["final", "live"] as const).map((name) => ({
            href: pathWith(path, { from: start, view: name }),
            name: t(name),
            current: view === name,
          }))}
        />
      ) : null}
      <div className={both ? "gap-x-10 lg:grid lg:grid-cols-[8fr_5fr]" : ""}>
        <section
          aria-labelledby="final"
          className={view === "final" ? "" : both ? "max-lg:hidden" : "hidden"}
        >
          <h2 id="final" className="mb-2 font-medium max-lg:sr-only">
            {t("final")}
          </h2>
          <Final page={page} />
        </section>
        {both ? null : <NotFinal page={page} />}
        <section aria-labelledby="live" className={view === "live" ? "" : "max-lg:hidden"}>
          <h2 id="live" className="mb-2 font-medium max-lg:sr-only">
            {t("live")}
          </h2>
          <Live page={page} />
        </section>
      </div>
      <nav className="mt-4 flex flex-wrap items-center gap-2">
        {from > 1 ? (
          <Link href={pathWith(path, { view })} className={buttonLook()}>
            {t("first")}
          </Link>
        ) : null}
        {until < total ? (
          <Link href={pathWith(path, { from: String(until + 1), view })} className={buttonLook()}>
            {t("older", { rank: until + 1 })}
          </Link>
        ) : null}
        {total > RANKS ? <span className="text-faint">{t("jump", { from, to: until, total })}</span> : null}
      </nav>
    </>
  );
}

function Final({ page }: { page: ThemePage }) {
  const t = useTranslations("theme");
  const compare = page.live.kind === "page";
  const moved = page.final.filter((row) => row.liveRank !== row.rank).length;
  return (
    <>
      <p className="mb-1 min-h-[1.5em] text-small text-faint">
        {compare ? t("moved", { count: moved }) : ""}
      </p>
      <FinalTable rows={page.final} compare={compare} />
    </>
  );
}

function Live({ page }: { page: ThemePage }) {
  const t = useTranslations("theme");
  if (page.live.kind === "away") {
    return (
      <Notice tone="stale" title={t("liveUnavailable")}>
        {t("liveUnavailableWhat")}
      </Notice>
    );
  }
  if (page.live.kind === "none") {
    const closed = page.stage === "finalized" || page.stage === "empty";
    return (
      <Empty title={closed ? t("liveGone") : t("liveEmpty")}>
        {closed ? t("liveGoneWhat") : t("liveEmptyWhat")}
      </Empty>
    );
  }
  return (
    <>
      <p className="mb-1 min-h-[1.5em] text-small text-faint">
        {t.rich("liveLead", {
          count: page.live.total,
          time: () => <Time at={page.readAt} tense="past" />,
        })}
      </p>
      <LiveTable rows={page.live.rows} closed={page.snapshot !== null} />
    </>
  );
}

function NotFinal({ page }: { page: ThemePage }) {
  const t = useTranslations("theme");
  const zone = useTimeZone() ?? "Asia/Tokyo";
  const words =
    page.stage === "empty"
      ? t("noFinalEmpty")
      : page.stage === "overdue"
        ? t("noFinalOverdue")
        : t("noFinalWhat", { time: minuteTime(new Date(page.theme.closesAt), zone) });
  return (
    <div className="mb-6">
      <Notice tone={page.stage === "overdue" ? "stale" : "plain"} title={t("noFinal")}>
        {words}
      </Notice>
    </div>
  );
}
