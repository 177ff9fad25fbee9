import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmailState } from "@/components/admin/watch/email-state";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import { HOUSE } from "@/lib/admin/watch-effective";
import type { UserRow } from "@/lib/admin/watch-users";
import { clockTime, zoneLabel } from "@/lib/i18n/time";
import { isTimeZone } from "@/lib/time";

/** Owners by id; each opens their settings. */
export function UserTable({ users, now }: { users: UserRow[]; now: string }) {
  const t = useTranslations("watch.users");
  const at = new Date(now);
  return (
    <Table label={t("title")}>
      <Head>
        <ColumnName>{t("columns.user")}</ColumnName>
        <ColumnName>{t("columns.slack")}</ColumnName>
        <ColumnName>{t("columns.language")}</ColumnName>
        <ColumnName>{t("columns.zone")}</ColumnName>
        <ColumnName figures>{t("columns.time")}</ColumnName>
        <ColumnName figures>{t("columns.cooldown")}</ColumnName>
        <ColumnName figures>{t("columns.articles")}</ColumnName>
        <ColumnName figures>{t("columns.waiting")}</ColumnName>
      </Head>
      <Body>
        {users.map((user) => (
          <Row
            key={user.userId}
            data-testid={`user-${user.userId}`}
            className="relative hover:bg-raised [&_button]:relative [&_button]:z-1"
          >
            <Cell className="max-md:w-full md:py-1">
              <span className="block min-w-0 leading-tight">
                <Link
                  href={`/admin/watch/users/${encodeURIComponent(user.userId)}`}
                  prefetch={false}
                  className="font-medium break-all after:absolute after:inset-0 hover:underline"
                >
                  {user.userId}
                </Link>
                <span className="block text-small">
                  <span className="break-all text-faint">{user.email}</span>{" "}
                  <EmailState state={user.emailState} since={user.emailOffSince} />
                </span>
              </span>
            </Cell>
            <Cell
              name={user.slackChannel ? t("columns.slack") : undefined}
              className={user.slackChannel ? "" : "max-md:hidden"}
            >
              {user.slackChannel ? (
                <span className={user.slackEnabled ? "" : "text-faint line-through"}>
                  {user.slackChannel}
                </span>
              ) : (
                <span className="text-faint">–</span>
              )}
            </Cell>
            <Cell>{user.locale}</Cell>
            <Cell>
              <span className="leading-tight">
                {user.timezone}{" "}
                <span className="block whitespace-nowrap text-small text-faint">
                  {isTimeZone(user.timezone)
                    ? t("localTime", {
                        time: clockTime(at, user.timezone),
                        zone: zoneLabel(user.timezone, at),
                      })
                    : t("unknownZone")}
                </span>
              </span>
            </Cell>
            <Cell figures name={t("columns.time")}>
              {user.notificationTime}
            </Cell>
            <Cell figures name={t("columns.cooldown")}>
              {t("days", { days: user.cooldownDays ?? HOUSE.notification_cooldown_days })}
            </Cell>
            <Cell figures name={t("columns.articles")}>
              {user.articles.toLocaleString("en-US")}
            </Cell>
            <Cell figures name={t("columns.waiting")} className={user.waiting > 0 ? "" : "text-faint"}>
              {user.waiting.toLocaleString("en-US")}
            </Cell>
          </Row>
        ))}
      </Body>
    </Table>
  );
}
