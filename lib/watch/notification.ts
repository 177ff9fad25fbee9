import type { Json } from "@/lib/database.types";
import { cooldownUntil, DEFAULT_THRESHOLDS, judgeChange } from "@/lib/watch/rules";
import type { JudgedArticle, NewNotification } from "@/lib/watch/store";
import type { ChangeKind, Thresholds } from "@/lib/watch/types";

/**
 * The notification an article's reading of a day calls for, or null. What cooldown or muting keeps from the
 * owner is returned as suppressed, with the reason: it is shown to operators and never sent.
 */
export function judgeNotification(article: JudgedArticle, day: string, now: Date): NewNotification | null {
  const thresholds = thresholdsOf(article);
  const current = { checkedOn: day, status: article.status, position: article.position };
  const change = judgeChange(current, article.history, thresholds);
  const gravest = change?.changes[0];
  if (!change || !gravest) return null;

  const heard = change.changes.filter((kind) => !thresholds.muted.includes(kind));
  const kind = heard[0] ?? gravest;
  const lastSentAt = article.last_notification_sent_at ? new Date(article.last_notification_sent_at) : null;
  const until = cooldownUntil(lastSentAt, article.notification_cooldown_days, now);
  return {
    article_id: article.id,
    user_id: article.user_id,
    kind,
    data: factsOf(article, change.previous, day, kind, heard.length > 0 ? heard : change.changes),
    suppressed: heard.length === 0 ? "muted" : until ? "cooldown" : null,
    until: heard.length > 0 && until ? until.toISOString() : null,
  };
}

function thresholdsOf(article: JudgedArticle): Thresholds {
  return {
    drop: article.drop_threshold ?? DEFAULT_THRESHOLDS.drop,
    rise: article.rise_threshold ?? DEFAULT_THRESHOLDS.rise,
    top10: article.top_10_threshold ?? DEFAULT_THRESHOLDS.top10,
    top3: article.top_3_threshold ?? DEFAULT_THRESHOLDS.top3,
    lostAfterDays: article.lost_after_days ?? DEFAULT_THRESHOLDS.lostAfterDays,
    muted: article.muted_kinds,
  };
}

/** `notification_data` as `lib/notify` reads it back (`ChangeFacts`). */
function factsOf(
  article: JudgedArticle,
  previous: { position: number | null; checkedOn: string },
  day: string,
  kind: ChangeKind,
  changes: ChangeKind[],
): Json {
  return {
    articleId: article.id,
    title: article.title,
    url: article.url,
    keyword: article.keyword,
    source: article.source,
    kind,
    changes,
    previous: { position: previous.position, on: previous.checkedOn },
    current: { position: article.position, on: day },
    observedAt: new Date(article.observed_at).toISOString(),
  };
}
