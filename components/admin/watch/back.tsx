import Link from "next/link";
import { useTranslations } from "next-intl";

/** The way back to the list one came from. */
export function BackToWatch({ to = "articles" }: { to?: "articles" | "users" }) {
  const t = useTranslations("watch.back");
  return (
    <Link href={to === "articles" ? "/admin/watch" : "/admin/watch/users"} className="link">
      {t(to)}
    </Link>
  );
}
