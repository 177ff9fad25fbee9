import { useTranslations } from "next-intl";
import { EmailState } from "@/components/admin/watch/email-state";
import { Time } from "@/components/time/time";
import { Notice } from "@/components/ui/notice";
import type { UserDetail } from "@/lib/admin/watch-users";
import { minuteTime } from "@/lib/i18n/time";

/** When the next digest would go out, on the owner's clocks and the reader's, or why none can. */
export function NextDigest({ user, isNew }: { user: UserDetail; isNew: boolean }) {
  const t = useTranslations("watch.next");
  const { next, settings, waiting } = user;
  return (
    <section aria-label={t("label")} className="mb-8 space-y-3" data-testid="next-digest">
      {isNew ? (
        <div role="status">
          <Notice tone="good" title={t("added")} />
        </div>
      ) : null}
      {next.kind === "at" ? (
        <p>
          {t.rich(waiting === 0 ? "nothing" : next.overdue ? "overdue" : "waits", {
            count: waiting,
            local: minuteTime(new Date(next.at), settings.timezone),
            zone: settings.timezone,
            time: () => <Time at={next.at} tense="future" />,
          })}
        </p>
      ) : (
        <Notice tone="error" title={t(next.kind)}>
          {t(`${next.kind}What`, { count: waiting })}
        </Notice>
      )}
      {user.emailState === "on" || user.emailState === "none" ? null : (
        <p>
          <EmailState state={user.emailState} since={settings.email_disabled_at} />{" "}
          <span className="text-faint">{t(`email.${user.emailState}`)}</span>
        </p>
      )}
    </section>
  );
}
