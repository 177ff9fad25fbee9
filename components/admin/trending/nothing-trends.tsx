import { useTranslations } from "next-intl";
import { Time } from "@/components/time/time";
import { Empty } from "@/components/ui/notice";
import type { Absence } from "@/lib/admin/trending-standing";
import type { WindowName } from "@/lib/trending/types";

/** Why nothing trends, and what to do about it. */
export function NothingTrends({ absence, window }: { absence: Absence; window: WindowName }) {
  const t = useTranslations("trending.empty");
  const names = useTranslations("trending.windows");
  const facts = {
    window: names(window),
    time: () => <Time at={"at" in absence ? absence.at : null} absolute />,
  };
  return (
    <div data-testid="absence" data-why={absence.why}>
      <Empty title={t.rich(`${absence.why}.title`, facts)}>{t.rich(`${absence.why}.what`, facts)}</Empty>
    </div>
  );
}
