import Link from "next/link";
import { useTranslations } from "next-intl";
import { useReason } from "@/components/admin/notifications/why";
import { Time } from "@/components/time/time";
import { CopyText } from "@/components/ui/copy-text";
import { Fact, Facts } from "@/components/ui/facts";
import type { MessagePage } from "@/lib/admin/notification-delivery";
import type { DeliveryError } from "@/lib/admin/notification-row";

const LISTED = 10;

/** What was sent to whom and when, what it told, and what the provider said of it. */
export function MessageFacts({ message }: { message: MessagePage }) {
  const t = useTranslations("notifications.message");
  const channels = useTranslations("notifications.channels");
  const waits = message.status === "pending" || message.status === "sending";
  return (
    <Facts>
      <Fact name={t("to")}>
        {channels(message.channel)} · {message.recipient}
      </Fact>
      <Fact name={t("user")}>
        {message.digest_id ? (
          <Link href={`/admin/watch/users/${encodeURIComponent(message.user_id)}`} className="link">
            {message.user_id}
          </Link>
        ) : (
          t("test")
        )}
      </Fact>
      {message.digest_id ? (
        <Fact name={t("digest")}>{t("digestOf", { date: message.local_date })}</Fact>
      ) : null}
      {message.articles.length > 0 ? (
        <Fact name={t("told")}>
          <Told articles={message.articles} />
        </Fact>
      ) : null}
      <Fact name={t("written")}>
        <Time at={message.created_at} absolute />
      </Fact>
      <Fact name={t("attempts")}>
        {t("attemptsOf", { count: message.attempts, again: message.generation - 1 })}
      </Fact>
      {waits ? (
        <Fact name={t("next")}>
          <Time at={message.next_attempt_at} absolute />
        </Fact>
      ) : null}
      {message.sent_at ? (
        <Fact name={t("sent")}>
          <Time at={message.sent_at} absolute />
        </Fact>
      ) : null}
      {message.provider_id ? (
        <Fact name={t("providerId")}>
          <CopyText text={message.provider_id} shown={40} />
        </Fact>
      ) : null}
      {message.provider_status ? (
        <Fact name={t("report")}>
          {t(`reports.${message.provider_status}`)} · <Time at={message.provider_status_at} absolute />
        </Fact>
      ) : null}
      {message.error ? (
        <Fact name={t("errors")}>
          <Errors error={message.error} />
        </Fact>
      ) : null}
    </Facts>
  );
}

function Told({ articles }: { articles: MessagePage["articles"] }) {
  const t = useTranslations("notifications.message");
  return (
    <ul>
      {articles.slice(0, LISTED).map(({ articleId, title }) => (
        <li key={articleId}>
          <Link href={`/admin/watch/${encodeURIComponent(articleId)}`} className="hover:underline">
            {title}
          </Link>
        </li>
      ))}
      {articles.length > LISTED ? (
        <li className="text-faint">{t("more", { count: articles.length - LISTED })}</li>
      ) : null}
    </ul>
  );
}

/** The last error and those before it, newest first: in words, and as the provider said it. */
function Errors({ error }: { error: DeliveryError }) {
  const reason = useReason();
  const history: DeliveryError[] = [];
  for (
    let one: DeliveryError | null | undefined = error;
    one && history.length < LISTED;
    one = one.previous
  ) {
    history.push(one);
  }
  return (
    <ol className="space-y-1">
      {history.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a history that only grows at its head.
        <li key={place}>
          {reason(one).what}
          <span className="block font-mono text-small text-faint break-words">
            {one.code}: {one.message}
          </span>
        </li>
      ))}
    </ol>
  );
}
