import { getTranslations } from "next-intl/server";
import { AutoRefresh } from "@/components/admin/auto-refresh";
import { Notice } from "@/components/ui/notice";
import type { Away } from "@/lib/admin/attempt";

/** What a page of the admin shows while a service it cannot do without is away. It tries again by itself. */
export async function Unavailable({ away }: { away: Away }) {
  const [t, signIn] = await Promise.all([getTranslations("overview"), getTranslations("signIn")]);
  const auth = away === "auth";
  return (
    <Notice tone="error" title={auth ? signIn("unreachable") : t("unavailable")}>
      <p>{t("unavailableWhat")}</p>
      <p>{t("unavailableKept")}</p>
      <p>{t("unavailableTodo")}</p>
      <AutoRefresh seconds={5} />
    </Notice>
  );
}
