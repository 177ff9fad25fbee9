"use server";

import { z } from "zod";
import { notificationFilter } from "@/lib/admin/notification-filter";
import { argumentsOf } from "@/lib/admin/notifications";
import { appContext } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { NotAdminError, requireAdmin } from "@/lib/platform/session";

/** How many messages are back in line, or why nothing was done. */
export type ResendAnswer = { ok: true; messages: number } | { ok: false; why: "unauthorized" | "unanswered" };

/** What sending all matching again would do: messages by channel, how many of them may have arrived, how many cannot go. */
export type ResendPreview =
  | { ok: true; email: number; slack: number; uncertain: number; leftOut: number }
  | { ok: false; why: "unauthorized" | "unanswered" };

/** Puts messages back in line, at an operator's word. */
export async function resend(deliveryIds: string[]): Promise<ResendAnswer> {
  return answering("admin.resend", async () => {
    const ids = z.array(z.guid()).min(1).max(10).parse(deliveryIds);
    return { ok: true, messages: await rows(appContext().db.rpc("resend_deliveries", { p_ids: ids })) };
  });
}

/** Puts every message back in line that failed or is uncertain among the notifications of a filter. */
export async function resendAll(filter: unknown): Promise<ResendAnswer> {
  return answering("admin.resend_all", async () => {
    const chosen = argumentsOf(notificationFilter.parse(filter));
    return { ok: true, messages: await rows(appContext().db.rpc("resend_matching", chosen)) };
  });
}

/** What {@link resendAll} would do now. Writes nothing. */
export async function previewResend(filter: unknown): Promise<ResendPreview> {
  return answering("admin.preview_resend", async () => {
    const chosen = argumentsOf(notificationFilter.parse(filter));
    const found = await rows(appContext("page").db.rpc("preview_resend", chosen));
    const sum = (which: (row: (typeof found)[number]) => boolean) =>
      found.filter(which).reduce((total, { messages }) => total + messages, 0);
    return {
      ok: true,
      email: sum(({ channel }) => channel === "email"),
      slack: sum(({ channel }) => channel === "slack"),
      uncertain: sum(({ status }) => status === "uncertain"),
      leftOut: found.reduce((total, row) => total + row.left_out, 0),
    };
  });
}

async function answering<Answer>(
  event: string,
  act: () => Promise<Answer>,
): Promise<Answer | { ok: false; why: "unauthorized" | "unanswered" }> {
  try {
    await requireAdmin();
    return await act();
  } catch (error) {
    if (error instanceof NotAdminError) return { ok: false, why: "unauthorized" };
    appContext().log.error({ event, err: error });
    return { ok: false, why: "unanswered" };
  }
}
