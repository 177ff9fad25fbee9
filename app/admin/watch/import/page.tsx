import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/admin/page-title";
import { Unavailable } from "@/components/admin/unavailable";
import { BackToWatch } from "@/components/admin/watch/back";
import { Importer } from "@/components/admin/watch/importer";
import { SheetColumns } from "@/components/admin/watch/sheet-columns";
import { LinkTabs } from "@/components/ui/link-tabs";
import { attempt } from "@/lib/admin/attempt";
import { oneOf, type SearchParams } from "@/lib/admin/search-params";
import { IMPORTS } from "@/lib/admin/watch-sheet";
import { requireAdminOn } from "@/lib/platform/session";
import { jstDate } from "@/lib/time";

const PATH = "/admin/watch/import";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("watch.importing"))("title") };
}

/** Articles or readings from a sheet. */
export default async function ImportPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, params] = await Promise.all([getTranslations("watch.importing"), searchParams]);
  const kind = IMPORTS.find((known) => known === oneOf(params, "what")) ?? "articles";
  const admin = await attempt(() => requireAdminOn(PATH));
  return (
    <>
      <PageTitle title={t("title")}>
        <BackToWatch />
      </PageTitle>
      {admin.ok ? (
        <>
          <LinkTabs
            label={t("kinds")}
            className="mb-4"
            tabs={IMPORTS.map((name) => ({
              href: name === "articles" ? PATH : `${PATH}?what=${name}`,
              name: t(`kind.${name}`),
              current: kind === name,
            }))}
          />
          <SheetColumns kind={kind} />
          <Importer key={kind} kind={kind} today={jstDate(new Date())} />
        </>
      ) : (
        <Unavailable away={admin.away} />
      )}
    </>
  );
}
