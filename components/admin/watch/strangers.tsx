import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { pathWith } from "@/lib/admin/search-params";
import type { UserPage } from "@/lib/admin/watch-users";

/** Owners of articles whom nothing can reach, because they have no settings. Nothing when there is none. */
export function Strangers({ strangers, moreStrangers }: Pick<UserPage, "strangers" | "moreStrangers">) {
  const t = useTranslations("watch.users");
  if (strangers.length === 0) return null;
  return (
    <div className="mb-4">
      <Notice
        tone="stale"
        title={t(moreStrangers ? "manyStrangers" : "strangers", { count: strangers.length })}
      >
        <ul className="flex flex-wrap gap-x-4">
          {strangers.map(({ userId, articles }) => (
            <li key={userId}>
              <Link href={pathWith("/admin/watch/new-user", { user: userId })} className="link break-all">
                {userId}
              </Link>{" "}
              {t("strangerArticles", { count: articles })}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
