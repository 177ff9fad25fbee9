import { useTranslations } from "next-intl";
import { LinkTabs } from "@/components/ui/link-tabs";

/** The two lists of this place: what is watched, and who is told. */
export function WatchTabs({ current }: { current: "articles" | "users" }) {
  const t = useTranslations("watch.tabs");
  return (
    <LinkTabs
      label={t("label")}
      className="mb-4"
      tabs={[
        { href: "/admin/watch", name: t("articles"), current: current === "articles" },
        { href: "/admin/watch/users", name: t("users"), current: current === "users" },
      ]}
    />
  );
}
