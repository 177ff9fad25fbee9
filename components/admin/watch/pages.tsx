import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button";
import { pathWith } from "@/lib/admin/search-params";

interface PagesProps {
  path: string;
  params: Record<string, string | null>;
  /** From 1. */
  page: number;
  perPage: number;
  total: number;
}

/** Back and forth between the pages of a list, and where one is. Nothing when all fits on one. */
export function Pages({ path, params, page, perPage, total }: PagesProps) {
  const t = useTranslations("watch.pages");
  if (total <= perPage && page === 1) return null;
  const at = (number: number) => pathWith(path, { ...params, page: number === 1 ? null : String(number) });
  const from = (page - 1) * perPage + 1;
  return (
    <nav aria-label={t("label")} className="mt-4 flex flex-wrap items-center gap-2">
      {page > 1 ? (
        <Link href={at(page - 1)} className={buttonLook()}>
          {t("previous")}
        </Link>
      ) : null}
      {from + perPage - 1 < total ? (
        <Link href={at(page + 1)} className={buttonLook()}>
          {t("next")}
        </Link>
      ) : null}
      <span className="text-faint tabular-nums">
        {t("where", { from: Math.min(from, total), to: Math.min(from + perPage - 1, total), total })}
      </span>
    </nav>
  );
}
