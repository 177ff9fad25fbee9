import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageTitle, PartTitle } from "@/components/admin/page-title";
import { BackToTrending } from "@/components/admin/trending/back";
import { ProfileTable } from "@/components/admin/trending/weights/profile-table";
import { SettingLine } from "@/components/admin/trending/weights/setting-line";
import { WeightEditor } from "@/components/admin/trending/weights/weight-editor";
import { Unavailable } from "@/components/admin/unavailable";
import { buttonLook } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import { oneOf, pathWith, type SearchParams } from "@/lib/admin/search-params";
import { WEIGHTS_PATH } from "@/lib/admin/trending-filter";
import { isProfileName } from "@/lib/admin/trending-weight-form";
import {
  type ProfileRow,
  readPreview,
  readWeightsPage,
  type WeightsPage as Weights,
} from "@/lib/admin/trending-weights";
import { appContext } from "@/lib/platform/context";
import { trendingEnv } from "@/lib/platform/env";
import { requireAdminOn } from "@/lib/platform/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("trending"))("weights") };
}

/** What a post, an author or a boost is worth: profiles, what each would do to the ranking, and which is in force. */
export default async function WeightsPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, params] = await Promise.all([getTranslations("trending.weighing"), searchParams]);
  const windows = trendingEnv().TRENDING_WINDOWS;
  const isNew = oneOf(params, "new") !== null;
  const found = await attempt(async () => {
    await requireAdminOn(WEIGHTS_PATH);
    const ctx = appContext("page");
    const page = await readWeightsPage(ctx);
    const selected = isNew ? null : (named(page, oneOf(params, "profile")) ?? named(page, page.inForce.name));
    const weights = selected?.weights ?? page.inForce.weights;
    return { page, selected, preview: await readPreview(ctx, windows[0] ?? "24h", weights) };
  });
  const title = (
    <PageTitle title={t("title")}>
      {t("lead")} <BackToTrending />
    </PageTitle>
  );
  if (!found.ok) {
    return (
      <>
        {title}
        <Unavailable away={found.away} />
      </>
    );
  }
  const { page, selected, preview } = found.value;
  const done = doneOf(params);
  return (
    <>
      {title}
      {done ? (
        <div className="mb-4" role="status">
          <Notice tone="good" title={t(`done.${done.what}`, { profile: done.profile })} />
        </div>
      ) : null}
      <SettingLine setting={page.setting} inForce={page.inForce.name} chosen={page.chosen} />
      <ProfileTable page={page} selected={selected?.name ?? null} />
      <div className="mt-4">
        <Link href={pathWith(WEIGHTS_PATH, { new: "1" })} className={buttonLook()} scroll={false}>
          {t("add")}
        </Link>
      </div>
      <PartTitle>{selected ? t("edit", { profile: selected.name }) : t("create")}</PartTitle>
      <WeightEditor
        key={selected?.name ?? ""}
        profile={selected}
        inForce={page.inForce}
        setting={page.setting.name}
        windows={windows}
        countedAt={page.countedAt}
        preview={preview}
      />
    </>
  );
}

function named({ profiles }: Weights, name: string | null): ProfileRow | null {
  return profiles.find((profile) => profile.name === name) ?? null;
}

/** What was done on the way to this page. */
function doneOf(params: Awaited<SearchParams>) {
  const [removed, profile] = [oneOf(params, "removed"), oneOf(params, "profile")];
  if (removed && isProfileName(removed)) return { what: "removed", profile: removed } as const;
  if (oneOf(params, "saved") && profile && isProfileName(profile)) return { what: "saved", profile } as const;
  return null;
}
