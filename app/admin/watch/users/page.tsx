import type { Metadata } from "next";
import Form from "next/form";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AutoSubmit } from "@/components/admin/auto-submit";
import { PageTitle } from "@/components/admin/page-title";
import { Unavailable } from "@/components/admin/unavailable";
import { INPUT } from "@/components/admin/watch/field";
import { Pages } from "@/components/admin/watch/pages";
import { Strangers } from "@/components/admin/watch/strangers";
import { UserTable } from "@/components/admin/watch/user-table";
import { WatchTabs } from "@/components/admin/watch/watch-tabs";
import { buttonLook } from "@/components/ui/button";
import { Empty } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import { oneOf, pathWith, type SearchParams } from "@/lib/admin/search-params";
import { pageOf } from "@/lib/admin/watch-filter";
import { readUsers, USERS_PER_PAGE } from "@/lib/admin/watch-users";
import { appContext } from "@/lib/platform/context";
import { requireAdminOn } from "@/lib/platform/session";

const PATH = "/admin/watch/users";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("watch.users"))("title") };
}

/** Who is told: where, at which hour of theirs, and whether it reaches them. */
export default async function UsersPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, w, params] = await Promise.all([
    getTranslations("watch.users"),
    getTranslations("watch"),
    searchParams,
  ]);
  const query = oneOf(params, "q");
  const page = pageOf(params);
  const found = await attempt(async () => {
    await requireAdminOn(pathWith(PATH, { q: query }));
    return readUsers(appContext("page"), query, page);
  });
  return (
    <>
      <PageTitle title={w("title")}>{t("lead")}</PageTitle>
      <WatchTabs current="users" />
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Link href="/admin/watch/new-user" className={buttonLook("solid")}>
          {t("add")}
        </Link>
        <Form action={PATH} className="flex items-center gap-2 md:ml-4" key={query}>
          <input
            type="search"
            name="q"
            aria-label={w("filters.search")}
            placeholder={t("searchWhat")}
            defaultValue={query ?? ""}
            className={`${INPUT} h-8 md:w-64`}
          />
          <AutoSubmit label={w("filters.apply")} />
        </Form>
      </div>
      {found.ok ? (
        <>
          {query === null ? <Strangers {...found.value} /> : null}
          {found.value.users.length > 0 ? (
            <UserTable users={found.value.users} now={found.value.now} />
          ) : query === null && page === 1 ? (
            <Empty title={t("empty")}>{t("emptyWhat")}</Empty>
          ) : (
            <Empty title={t("noMatch")}>
              <Link href={PATH} className="link">
                {w("empty.clear")}
              </Link>
            </Empty>
          )}
          <Pages
            path={PATH}
            params={{ q: query }}
            page={page}
            perPage={USERS_PER_PAGE}
            total={found.value.total}
          />
        </>
      ) : (
        <Unavailable away={found.away} />
      )}
    </>
  );
}
