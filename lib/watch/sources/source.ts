import type { ArticleReading, SourceName, WatchedArticle } from "@/lib/watch/types";
import type { SourceFailureCode } from "./failures";

/** What a source may use of the run it works for. */
export interface SourceContext {
  now: () => Date;
  log: { warn: (fields: object, message?: string) => void; info: (fields: object, message?: string) => void };
  /** Aborted when the run must end: stop asking, and hand over nothing more. */
  signal: AbortSignal;
}

/**
 * Reads where articles rank: one file, one provider. It yields each article's reading exactly once, as soon as
 * it has it, in any order, in groups as they come, so that a killed run keeps what was read. It keeps within the
 * provider's rate limit, tries passing errors again with jitter, and yields `failed` with the reason when
 * nothing could be learned: never a position it did not read. It throws only when the provider refuses this
 * installation ({@link SourceUnavailableError}), after yielding what it had read until then. When the signal is
 * aborted it ends without yielding anything more.
 */
export interface RankSource {
  name: Exclude<SourceName, "manual">;
  /** Whether its settings are there; articles of a source without settings are read as failed. */
  configured: () => boolean;
  read: (ctx: SourceContext, articles: WatchedArticle[]) => AsyncIterable<ArticleReading[]>;
}

/** The provider refuses this installation, not one article: bad credential, no access, quota used up. */
export class SourceUnavailableError extends Error {
  readonly code: SourceFailureCode;
  readonly permanent: boolean;
  constructor(code: SourceFailureCode, message: string, options: { permanent: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = "SourceUnavailableError";
    this.code = code;
    this.permanent = options.permanent;
  }
}
