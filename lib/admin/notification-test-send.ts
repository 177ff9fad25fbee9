"use server";

import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Json } from "@/lib/database.types";
import { CHANNELS, type ChannelName, configuredChannels } from "@/lib/notify/channels/channel";
import { unsubscribeHeaders } from "@/lib/notify/compose";
import { dispatchEmail, dispatchSlack } from "@/lib/notify/dispatch";
import { renderTestEmail } from "@/lib/notify/kinds/test-message/email";
import { renderTestSlack } from "@/lib/notify/kinds/test-message/slack";
import { digestLinks, signPreferencesToken } from "@/lib/notify/links";
import { alertSettings } from "@/lib/notify/settings";
import { LOCALES } from "@/lib/notify/types";
import { appContext, type Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { notifyEnv } from "@/lib/platform/env";
import { NotAdminError, requireAdmin } from "@/lib/platform/session";
import { zonedDate } from "@/lib/time";

/** Somebody waits in front of the page. */
const PATIENCE_MS = 20_000;
const POLL_MS = 250;
const ZONE = "Asia/Tokyo";

const order = z.discriminatedUnion("channel", [
  z.object({
    channel: z.literal("email"),
    locale: z.enum(LOCALES),
    recipient: alertSettings.shape.email.unwrap(),
  }),
  z.object({
    channel: z.literal("slack"),
    locale: z.enum(LOCALES),
    recipient: alertSettings.shape.slack_channel.unwrap(),
  }),
]);
type Order = z.infer<typeof order>;

/** What became of a test message. `recipient` and the rest fill the form again. */
export interface TestAnswer {
  asked: { channel: ChannelName; recipient: string; locale: string };
  end:
    | {
        kind: "sent" | "waiting" | "failed" | "uncertain";
        deliveryId: string;
        error: { code: string; message: string } | null;
      }
    | { kind: "recipient" | "not_configured" | "unauthorized" | "unanswered" };
}

/** Sends a test message on the same road as every digest, and waits a moment for its end. */
export async function sendTest(_before: TestAnswer | null, form: FormData): Promise<TestAnswer> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const channel = z.enum(CHANNELS).catch("email").parse(text("channel"));
  const asked = { channel, recipient: text("recipient"), locale: text("locale") };
  try {
    const admin = await requireAdmin();
    const parsed = order.safeParse(asked);
    if (!parsed.success) return { asked, end: { kind: "recipient" } };
    if (!configuredChannels().includes(channel)) return { asked, end: { kind: "not_configured" } };
    const ctx = appContext();
    const deliveryId = await queue(ctx, admin.id, parsed.data);
    return { asked, end: await dispatch(ctx, channel, deliveryId) };
  } catch (error) {
    if (error instanceof NotAdminError) return { asked, end: { kind: "unauthorized" } };
    appContext().log.error({ event: "admin.test_send", err: error });
    return { asked, end: { kind: "unanswered" } };
  }
}

async function queue(ctx: Context, userId: string, { channel, recipient, locale }: Order): Promise<string> {
  const now = ctx.now();
  const links = digestLinks(await signPreferencesToken(userId, now));
  const message = [locale, ZONE, now.toISOString(), links] as const;
  const content =
    channel === "email"
      ? {
          from: notifyEnv().NOTIFY_FROM,
          ...(await renderTestEmail(...message)),
          headers: unsubscribeHeaders(links.unsubscribe),
        }
      : renderTestSlack(...message);
  return rows(
    ctx.db.rpc("queue_test_delivery", {
      p_user_id: userId,
      p_channel: channel,
      p_recipient: recipient,
      p_local_date: zonedDate(now, ZONE),
      p_content: content as unknown as Json,
    }),
  );
}

/** Sends what waits on the channel until the test message has ended, or patience has. */
async function dispatch(ctx: Context, channel: ChannelName, deliveryId: string): Promise<TestAnswer["end"]> {
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(PATIENCE_MS)]);
  const send = channel === "email" ? dispatchEmail : dispatchSlack;
  const run = send(ctx, { signal, composing: () => false, onSettled: () => undefined });
  const watch = async () => {
    while (!signal.aborted) {
      await sleep(POLL_MS);
      if ((await endOf(ctx, deliveryId)).kind !== "waiting") return;
    }
  };
  await Promise.race([run, watch()]);
  // Others may wait on the channel: what is on its way is finished, the rest is the next run's.
  ending.abort();
  await run;
  return endOf(ctx, deliveryId);
}

const ended = z.object({
  status: z.enum(["pending", "sending", "sent", "failed", "uncertain"]),
  error: z.object({ code: z.string(), message: z.string() }).nullable().catch(null),
});

async function endOf(
  ctx: Pick<Context, "db">,
  deliveryId: string,
): Promise<Extract<TestAnswer["end"], { deliveryId: string }>> {
  const row = await rows(ctx.db.from("deliveries").select("status, error").eq("id", deliveryId).single());
  const { status, error } = ended.parse(row);
  return { kind: status === "pending" || status === "sending" ? "waiting" : status, deliveryId, error };
}
