import "@fontsource-variable/noto-serif-jp";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AutoRefresh } from "@/components/admin/auto-refresh";
import { PublicFrame } from "@/components/public-frame";
import { SheetView } from "@/components/sheet/sheet";
import { Empty, Notice } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import { readSheet, type Sheet } from "@/lib/admin/public-sheet";

const LIVE_SECONDS = 30;

interface RankingPageProps {
  params: Promise<{ themeId: string }>;
}

export async function generateMetadata({ params }: RankingPageProps): Promise<Metadata> {
  const { themeId } = await params;
  const sheet = await attempt(() => readSheet(decodeURIComponent(themeId)));
  return { title: sheet.ok && sheet.value ? sheet.value.theme.title : undefined };
}

/** The public ranking of a theme: the banzuke itself. */
export default async function RankingPage({ params }: RankingPageProps) {
  const { themeId } = await params;
  const found = await attempt(() => readSheet(decodeURIComponent(themeId)));
  if (found.ok && !found.value) notFound();
  return (
    <PublicFrame>
      {found.ok && found.value ? <Body sheet={found.value} /> : <Away title={null} />}
    </PublicFrame>
  );
}

async function Body({ sheet }: { sheet: Sheet }) {
  const t = await getTranslations("ranking");
  const { body } = sheet;
  if (body.kind === "away") return <Away title={sheet.theme.title} />;
  if (body.kind === "empty") {
    return (
      <>
        <h1 className="mb-4 font-serif text-title font-black">{sheet.theme.title}</h1>
        <Empty title={sheet.closed ? t("emptyClosed") : t("empty")}>
          {sheet.closed ? t("emptyClosedWhat") : t("emptyWhat")}
        </Empty>
      </>
    );
  }
  return (
    <>
      <SheetView sheet={sheet} body={body} />
      {body.kind === "provisional" ? <AutoRefresh seconds={LIVE_SECONDS} /> : null}
    </>
  );
}

async function Away({ title }: { title: string | null }) {
  const t = await getTranslations("ranking");
  return (
    <>
      {title ? <h1 className="mb-4 font-serif text-title font-black">{title}</h1> : null}
      <Notice tone="error" title={t("liveUnavailable")}>
        {t("liveUnavailableWhat")}
      </Notice>
      <AutoRefresh seconds={LIVE_SECONDS} />
    </>
  );
}
