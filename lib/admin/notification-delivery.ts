import "server-only";
import { z } from "zod";
import { type DeliveryEnd, explainDelivery, runFrom } from "@/lib/admin/notification-explain";
import { deliveryFields } from "@/lib/admin/notification-row";
import { emailContent, type FrozenEmail } from "@/lib/notify/channels/email";
import { type FrozenSlack, slackContent } from "@/lib/notify/channels/slack";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { requireAdmin } from "@/lib/platform/session";

const toldArticles = z
  .object({ articles: z.array(z.object({ articleId: z.string(), title: z.string() })) })
  .nullable()
  .catch(null);

const deliverySchema = z.object({
  ...deliveryFields,
  user_id: z.string(),
  local_date: z.string(),
  digest_id: z.string().nullable(),
  generation: z.number(),
  created_at: z.string(),
  content: z.unknown(),
  digests: z.object({ facts: toldArticles }).nullable(),
});

/** What was sent; `pruned` when retention has emptied it, `unreadable` when it is in no shape we know. */
export type MessageContent =
  | { kind: "email"; email: FrozenEmail }
  | { kind: "slack"; slack: FrozenSlack }
  | { kind: "pruned" | "unreadable" };

/** One message: a digest on one channel, or a test message (`digest_id` null). */
export interface MessagePage extends Omit<z.infer<typeof deliverySchema>, "content" | "digests"> {
  end: DeliveryEnd;
  nextRunAt: string;
  content: MessageContent;
  /** What the digest told. */
  articles: { articleId: string; title: string }[];
}

/** A message by the id of its delivery, or null. */
export async function readMessage(ctx: Pick<Context, "db" | "now">, id: string): Promise<MessagePage | null> {
  await requireAdmin();
  if (!z.guid().safeParse(id).success) return null;
  const [row] = await rows(
    ctx.db
      .from("deliveries")
      .select(
        "id, channel, status, attempts, recipient, error, next_attempt_at, sent_at, provider_id, provider_status, provider_status_at, can_resend, user_id, local_date, digest_id, generation, created_at, content, digests(facts)",
      )
      .eq("id", id),
  );
  if (!row) return null;
  const { content, digests, ...message } = deliverySchema.parse(row);
  return {
    ...message,
    end: explainDelivery(message, ctx.now()),
    nextRunAt: runFrom(ctx.now()),
    content: contentOf(message.channel, content),
    articles: digests?.facts?.articles ?? [],
  };
}

function contentOf(channel: "email" | "slack", content: unknown): MessageContent {
  if (content === null) return { kind: "pruned" };
  if (channel === "email") {
    const email = emailContent.safeParse(content);
    return email.success ? { kind: "email", email: email.data } : { kind: "unreadable" };
  }
  const slack = slackContent.safeParse(content);
  return slack.success ? { kind: "slack", slack: slack.data } : { kind: "unreadable" };
}
