import { useTranslations } from "next-intl";
import { Time } from "@/components/time/time";
import { StateMark } from "@/components/ui/state-mark";
import type { EmailState as State } from "@/lib/admin/watch-digest";

/** Whether e-mail reaches somebody, and since when not. */
export function EmailState({ state, since }: { state: State; since: string | null }) {
  const t = useTranslations("watch.users.email");
  if (state === "on") return null;
  if (state === "none") return <span className="text-faint">{t("none")}</span>;
  return (
    <span className="whitespace-nowrap text-small">
      <StateMark kind={state === "bounced" || state === "complained" ? "failed" : "skipped"}>
        {t(state)}
      </StateMark>
      {since && state !== "off" ? (
        <>
          {" "}
          <Time at={since} tense="past" />
        </>
      ) : null}
    </span>
  );
}
