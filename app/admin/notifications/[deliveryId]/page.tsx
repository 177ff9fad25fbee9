import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AutoRefresh } from "@/components/admin/auto-refresh";
import { MessageContentView, PARTS } from "@/components/admin/notifications/message-content";
import { MessageFacts } from "@/components/admin/notifications/message-facts";
import { ResendOne } from "@/components/admin/notifications/resend-one";
import { DeliveryMark } from "@/components/admin/notifications/state";
import { DeliveryWhy } from "@/components/admin/notifications/why";
import { PageTitle, PartTitle } from "@/components/admin/page-title";
import { Unavailable } from "@/components/admin/unavailable";
import { Empty } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import { type MessagePage, readMessage } from "@/lib/admin/notification-delivery";
import { NOTIFICATIONS_PATH } from "@/lib/admin/notification-filter";
import { oneOf, type SearchParams } from "@/lib/admin/search-params";
import { appContext } from "@/lib/platform/context";
import { requireAdminOn } from "@/lib/platform/session";

interface MessagePageProps {
  params: Promise<{ deliveryId: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notifications"))("title") };
}

/** One message: what was sent to whom, when, and what became of it. */
export default async function MessageDetailPage({ params, searchParams }: MessagePageProps) {
  const [t, { deliveryId }, query] = await Promise.all([
    getTranslations("notifications"),
    params,
    searchParams,
  ]);
  const path = `${NOTIFICATIONS_PATH}/${encodeURIComponent(deliveryId)}`;
  const found = await attempt(async () => {
    await requireAdminOn(path);
    return readMessage(appContext("page"), deliveryId);
  });
  const back = (
    <Link href={NOTIFICATIONS_PATH} className="link">
      {t("message.back")}
    </Link>
  );
  if (!found.ok) {
    return (
      <>
        <PageTitle title={t("title")} />
        <Unavailable away={found.away} />
      </>
    );
  }
  const message = found.value;
  if (!message) {
    return (
      <Empty title={<h1>{t("message.notFound")}</h1>}>
        <p>{t("message.notFoundWhat")}</p>
        {back}
      </Empty>
    );
  }
  const part = PARTS.find((one) => one === oneOf(query, "part")) ?? "mail";
  const title = titleOf(message) ?? t("message.untitled", { channel: t(`channels.${message.channel}`) });
  return (
    <>
      <PageTitle title={title}>
        <DeliveryMark status={message.status} /> · {back}
      </PageTitle>
      {message.status === "pending" || message.status === "sending" ? <AutoRefresh seconds={5} /> : null}
      <p className="mb-4">
        <DeliveryWhy end={message.end} />
      </p>
      <div className="mb-6 flex flex-wrap items-center gap-2">
        <ResendOne title={title} deliveries={[message]} nextRunAt={message.nextRunAt} />
      </div>
      <MessageFacts message={message} />
      <PartTitle>{t("message.content")}</PartTitle>
      <MessageContentView content={message.content} recipient={message.recipient} part={part} path={path} />
    </>
  );
}

/** What the reader saw first. */
function titleOf({ content }: MessagePage): string | null {
  if (content.kind === "email") return content.email.subject;
  return content.kind === "slack" ? content.slack.text : null;
}
