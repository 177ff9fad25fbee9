import Link from "next/link";
import { useTranslations } from "next-intl";
import { Change } from "@/components/admin/notifications/change";
import { ResendOne } from "@/components/admin/notifications/resend-one";
import { NotificationMark } from "@/components/admin/notifications/state";
import { Why } from "@/components/admin/notifications/why";
import { Time } from "@/components/time/time";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import { addressOf, type NotificationFilter } from "@/lib/admin/notification-filter";
import type { NotificationLine } from "@/lib/admin/notifications";

interface NotificationListProps {
  lines: NotificationLine[];
  filter: NotificationFilter;
  nextRunAt: string;
}

/** Notifications, each with why it was or was not sent. */
export function NotificationList({ lines, filter, nextRunAt }: NotificationListProps) {
  const t = useTranslations("notifications");
  return (
    <Table label={t("title")} className="md:table-fixed">
      <Head>
        <ColumnName className="w-[22%]">{t("columns.article")}</ColumnName>
        <ColumnName className="w-[13%]">{t("columns.change")}</ColumnName>
        <ColumnName className="w-[10%]">{t("columns.user")}</ColumnName>
        <ColumnName className="w-[9%]">{t("columns.created")}</ColumnName>
        <ColumnName>{t("columns.why")}</ColumnName>
        <ColumnName className="w-20">
          <span className="sr-only">{t("columns.action")}</span>
        </ColumnName>
      </Head>
      <Body>
        {lines.map((line) => (
          <Line key={line.id} line={line} filter={filter} nextRunAt={nextRunAt} />
        ))}
      </Body>
    </Table>
  );
}

const CELL = "py-2 align-top md:[&_button]:max-h-none";

function Line({
  line,
  filter,
  nextRunAt,
}: Omit<NotificationListProps, "lines"> & { line: NotificationLine }) {
  const t = useTranslations("notifications");
  const { keyword } = line.notification_data;
  const title = line.notification_data.title || t("noTitle", { id: line.article_id });
  return (
    <Row data-testid={`notification-${line.id}`} data-state={line.state}>
      <Cell className={`${CELL} max-md:w-full`}>
        <div className="min-w-0">
          <Link
            href={`/admin/watch/${encodeURIComponent(line.article_id)}`}
            prefetch={false}
            className="line-clamp-2 font-medium break-words no-underline hover:underline"
          >
            {title}
          </Link>
          {keyword ? <span className="line-clamp-1 text-small text-faint">{keyword}</span> : null}
        </div>
      </Cell>
      <Cell className={`${CELL} max-md:w-full`}>
        <div>
          <Change row={line} />
        </div>
      </Cell>
      <Cell className={CELL}>
        <Link
          href={addressOf({ ...filter, user: line.user_id })}
          prefetch={false}
          data-tip={t("filters.only", { user: line.user_id })}
          className="line-clamp-2 break-all no-underline hover:underline"
        >
          {line.user_id}
        </Link>
      </Cell>
      <Cell className={CELL}>
        <Time at={line.created_at} tense="past" />
      </Cell>
      <Cell className={`${CELL} max-md:w-full`}>
        <div className="min-w-0">
          <NotificationMark row={line} />
          <div className="text-small">
            <Why explanation={line.explanation} />
          </div>
          {line.deliveries.length > 0 ? <Messages line={line} /> : null}
        </div>
      </Cell>
      <Cell figures className={`${CELL} max-md:ml-auto`}>
        <ResendOne title={title} deliveries={line.deliveries} nextRunAt={nextRunAt} />
      </Cell>
    </Row>
  );
}

/** Ways to the messages themselves. */
function Messages({ line }: { line: NotificationLine }) {
  const t = useTranslations("notifications");
  return (
    <span className="flex flex-wrap gap-x-3 text-small">
      {line.deliveries.map(({ id, channel }) => (
        <Link key={id} href={`/admin/notifications/${id}`} prefetch={false} className="link">
          {t("resend.message", { channel: t(`channels.${channel}`) })}
        </Link>
      ))}
    </span>
  );
}
