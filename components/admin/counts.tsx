import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { isCount } from "@/lib/i18n/codes";

/** What a run counted, as "12 works, 1 finalized"; counts of nothing are left out. */
export function Counts({ counts }: { counts: Record<string, number> }) {
  const t = useTranslations("counts");
  const told = Object.entries(counts).filter(([, count]) => count !== 0);
  return told.map(([name, count], index) => (
    <Fragment key={name}>
      {index > 0 ? <span className="text-faint"> · </span> : null}
      <span className="whitespace-nowrap">
        <span className="text-faint">{isCount(name) ? t(name) : name}</span>{" "}
        <span className="tabular-nums">{count.toLocaleString("en-US")}</span>
      </span>
    </Fragment>
  ));
}
