import { z } from "zod";
import { defineJob, type JobContext } from "@/lib/engine/define-job";
import { JobError } from "@/lib/engine/errors";
import { type ChannelName, configuredChannels } from "@/lib/notify/channels/channel";
import { composeDigests } from "@/lib/notify/compose";
import {
  type DispatchCounts,
  dispatchEmail,
  dispatchSlack,
  IDEMPOTENCY_WINDOW_SECONDS,
  noCounts,
} from "@/lib/notify/dispatch";
import { expireNotifications, giveUpDeliveries } from "@/lib/notify/store";
import { notifyEnv } from "@/lib/platform/env";

/** A run ends itself in good order before its deadline; what is left goes on with the next attempt. */
const BUDGET_MS = 240_000;

/** Sends every due user one digest per local date, by e-mail and Slack: hourly. */
export const sendNotifications = defineJob({
  name: "send-notifications",
  schedule: "0 * * * *",
  graceSeconds: 20 * 60,
  input: z.strictObject({}),
  async run(ctx) {
    const maxAgeMs = notifyEnv().NOTIFY_MAX_AGE_DAYS * 86_400_000;
    const expired = await expireNotifications(ctx.db, new Date(ctx.now().getTime() - maxAgeMs));
    const givenUp = await giveUpDeliveries(ctx.db, IDEMPOTENCY_WINDOW_SECONDS);
    const channels = configuredChannels();
    const { composed, email, slack } = await composeAndDispatch(ctx, channels);
    const counts = {
      ...composed,
      emails_sent: email.sent,
      slack_sent: slack.sent,
      failed: email.failed + slack.failed,
      uncertain: email.uncertain + slack.uncertain + givenUp,
      waiting: email.waiting + slack.waiting,
      expired,
    };
    ctx.signal.throwIfAborted();
    assertNothingLeft(counts, email, slack);
    const acted = counts.digests + counts.emails_sent + counts.slack_sent + counts.failed + counts.uncertain;
    if (acted === 0) return { outcome: "nothing_due", counts };
    const troubled = counts.failed + counts.uncertain + counts.invalid_timezone > 0;
    return { outcome: troubled ? "sent_with_failures" : "sent", counts };
  },
});

async function composeAndDispatch(ctx: JobContext, channels: ChannelName[]) {
  const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(BUDGET_MS)]);
  let composing = true;
  let total = 0;
  let done = 0;
  const tell = () => ctx.progress({ done, total: Math.max(total, done), unit: "messages" });
  const dispatch = {
    signal,
    composing: () => composing,
    onSettled: (messages: number) => {
      done += messages;
      tell();
    },
  };
  const [composed, email, slack] = await Promise.all([
    composeDigests(ctx, {
      channels,
      signal,
      onFrozen: (digests) => {
        total += digests;
        tell();
      },
    }).finally(() => {
      composing = false;
    }),
    channels.includes("email") ? dispatchEmail(ctx, dispatch) : noCounts(),
    channels.includes("slack") ? dispatchSlack(ctx, dispatch) : noCounts(),
  ]);
  return { composed, email, slack };
}

/** A run that leaves messages behind is a failed run: `sweep` takes it up again within minutes, and operators hear of it. */
function assertNothingLeft(
  counts: Record<string, number>,
  email: DispatchCounts,
  slack: DispatchCounts,
): void {
  const refusals = [
    email.halted && `e-mail: ${email.halted.code}, ${email.halted.message}`,
    slack.halted && `Slack: ${slack.halted.code}, ${slack.halted.message}`,
  ].filter(Boolean);
  if (refusals.length > 0) {
    throw new JobError(
      "provider_refuses",
      `${refusals.join("; ")}. ${counts.waiting} messages wait; nothing was lost. Mend the credential or quota.`,
      { permanent: false, counts },
    );
  }
  if (counts.not_rendered) {
    throw new JobError(
      "digests_not_rendered",
      `${counts.not_rendered} digests could not be rendered; their notifications wait. The log names them.`,
      { permanent: true, counts },
    );
  }
  if (counts.waiting) {
    throw new JobError("messages_waiting", `${counts.waiting} messages wait for their next attempt`, {
      permanent: false,
      counts,
    });
  }
}
