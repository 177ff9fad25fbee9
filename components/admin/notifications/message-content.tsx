import { getTranslations } from "next-intl/server";
import { MailView } from "@/components/admin/notifications/mail-view";
import { SlackView } from "@/components/admin/notifications/slack-view";
import { Fact, Facts } from "@/components/ui/facts";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Notice } from "@/components/ui/notice";
import type { MessageContent } from "@/lib/admin/notification-delivery";
import { pathWith } from "@/lib/admin/search-params";
import type { FrozenEmail } from "@/lib/notify/channels/email";

export const PARTS = ["mail", "text", "headers"] as const;
export type MessagePart = (typeof PARTS)[number];

interface MessageContentProps {
  content: MessageContent;
  recipient: string;
  part: MessagePart;
  path: string;
}

/** What was sent, exactly as it is frozen. */
export async function MessageContentView({ content, recipient, part, path }: MessageContentProps) {
  const t = await getTranslations("notifications.message");
  switch (content.kind) {
    case "pruned":
    case "unreadable":
      return (
        <Notice title={t(content.kind)}>
          <p>{t(`${content.kind}What`)}</p>
        </Notice>
      );
    case "slack":
      return <SlackView message={content.slack} className="max-w-[40rem]" />;
    case "email":
      return (
        <>
          <LinkTabs
            label={t("content")}
            className="mb-4"
            tabs={PARTS.map((one) => ({
              href: pathWith(path, { part: one === "mail" ? null : one }),
              name: t(`parts.${one}`),
              current: one === part,
            }))}
          />
          {part === "mail" ? (
            <MailView html={content.email.html} subject={content.email.subject} scheme="light" width={640} />
          ) : null}
          {part === "text" ? (
            <pre className="max-w-[48rem] overflow-x-auto border border-line p-4 font-mono text-small break-words whitespace-pre-wrap">
              {content.email.text}
            </pre>
          ) : null}
          {part === "headers" ? <Headers email={content.email} recipient={recipient} /> : null}
        </>
      );
  }
}

function Headers({ email, recipient }: { email: FrozenEmail; recipient: string }) {
  const headers = { From: email.from, To: recipient, Subject: email.subject, ...email.headers };
  return (
    <Facts>
      {Object.entries(headers).map(([name, value]) => (
        <Fact key={name} name={name}>
          <span className="font-mono text-small break-all">{value}</span>
        </Fact>
      ))}
    </Facts>
  );
}
