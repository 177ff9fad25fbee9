/**
 * Words of this room. A *notification* is one thing to tell about one article. A *digest* gathers a user's
 * notifications for one local date, and is rendered once. A *delivery* is a digest on one channel.
 */
import type { ChangeKind, Observation } from "@/lib/watch/types";

export const LOCALES = ["ja", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** What one notification says (`notifications.notification_data`): facts only, no words. */
export interface ChangeFacts {
  articleId: string;
  title: string;
  url: string;
  keyword: string;
  source: string;
  /** The gravest of `changes`; names the notification. */
  kind: ChangeKind;
  /** Everything that held, gravest first. */
  changes: ChangeKind[];
  /** Null position: the page was not ranked that day. Days are JST. */
  previous: { position: number | null; on: string };
  current: { position: number | null; on: string };
  /** When the current position was read, ISO 8601 UTC. */
  observedAt: string;
}

/** A change with the days before it, oldest first, at most 30. A missing or `failed` day is a gap, not a position. */
export interface DigestArticle extends ChangeFacts {
  history: Observation[];
}

/** Everything a digest is rendered from; frozen with it. */
export interface DigestFacts {
  userId: string;
  locale: Locale;
  /** IANA zone in which every time is shown. */
  timezone: string;
  /** The user's date the digest belongs to. */
  localDate: string;
  /** ISO 8601 UTC. */
  composedAt: string;
  /** Gravest change first. Never empty. */
  articles: DigestArticle[];
  links: { preferences: string; unsubscribe: string };
}

/** A digest in words, ready for a mail client: `html` and `text` say the same. */
export interface EmailContent {
  subject: string;
  html: string;
  text: string;
}

/** A digest in words for Slack: `text` is what a notification shows, `blocks` the message (Block Kit, at most 50). */
export interface SlackContent {
  text: string;
  blocks: Record<string, unknown>[];
}
