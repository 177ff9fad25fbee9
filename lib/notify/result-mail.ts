import { z } from "zod";
import type { Json } from "@/lib/database.types";
import { unsubscribeHeaders } from "@/lib/notify/compose";
import { renderContestResult } from "@/lib/notify/kinds/contest-result/email";
import { digestLinks, signPreferencesToken } from "@/lib/notify/links";
import { LOCALES } from "@/lib/notify/types";
import type { Context } from "@/lib/platform/context";
import { rows } from "@/lib/platform/database";
import { notifyEnv } from "@/lib/platform/env";
import { isTimeZone, zonedDate } from "@/lib/time";

const PAGE = 200;
const JST = "Asia/Tokyo";

const rankedWorks = z.array(z.object({ title: z.string(), rank: z.number() })).min(1);

export interface ClosedTheme {
  eventId: string;
  themeId: string;
  themeTitle: string;
  finalizedAt: string;
}

/**
 * Freezes a mail for every author of a closed theme who can be reached by e-mail and by no push; returns how many
 * were new. They go out with everything else that waits for the e-mail provider. Asked again it goes on where it was.
 */
export async function freezeResultMails(
  ctx: Context,
  theme: ClosedTheme,
  signal: AbortSignal,
): Promise<number> {
  let frozen = 0;
  for (;;) {
    signal.throwIfAborted();
    const recipients = await rows(
      ctx.db.rpc("result_mail_recipients", {
        p_event_id: theme.eventId,
        p_theme_id: theme.themeId,
        p_limit: PAGE,
      }),
    );
    if (recipients.length === 0) return frozen;
    const mails = await Promise.all(recipients.map((recipient) => mailFor(ctx, theme, recipient)));
    frozen += await rows(
      ctx.db.rpc("freeze_result_mails", { p_event_id: theme.eventId, p_mails: mails as unknown as Json }),
    );
  }
}

async function mailFor(
  ctx: Context,
  theme: ClosedTheme,
  recipient: { user_id: string; email: string; locale: string; timezone: string; works: Json },
) {
  const { APP_URL, NOTIFY_FROM } = notifyEnv();
  const links = digestLinks(await signPreferencesToken(recipient.user_id, ctx.now()));
  // A zone that cannot be read is no reason to keep somebody's result from them.
  const timezone = isTimeZone(recipient.timezone) ? recipient.timezone : JST;
  const email = await renderContestResult({
    locale: z.enum(LOCALES).catch("ja").parse(recipient.locale),
    timezone,
    themeTitle: theme.themeTitle,
    finalizedAt: theme.finalizedAt,
    works: rankedWorks.parse(recipient.works),
    rankingUrl: new URL(`/rankings/${encodeURIComponent(theme.themeId)}`, APP_URL).href,
    links,
  });
  return {
    user_id: recipient.user_id,
    recipient: recipient.email,
    local_date: zonedDate(ctx.now(), timezone),
    content: { from: NOTIFY_FROM, ...email, headers: unsubscribeHeaders(links.unsubscribe) },
  };
}
