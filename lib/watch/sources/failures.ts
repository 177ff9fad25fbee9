import { reasonOf } from "@/lib/platform/failure";
import type { Reading, ReadingError } from "@/lib/watch/types";

/** Why a reading failed. The words for these codes are in the messages. */
export const READING_FAILURE_CODES = [
  /** Passing: nobody answered, or not in time. */
  "unreachable",
  "timeout",
  /** Passing: the provider answered with 5xx, asked for fewer requests, or said what nobody can read. */
  "provider_error",
  "rate_limited",
  "unexpected_reply",
  /** Passing: a search page without one organic result is a broken reading, not a lost ranking. */
  "empty_result",
  /** The provider handed out an earlier page again, so nothing deeper can be known. */
  "repeated_page",
  /** Passing: so many readings failed in a row that the rest was not tried. */
  "source_down",
  /** Passing: the property's quota is used up for now. */
  "quota_exceeded",
  /** Passing: the provider has no finished day to show yet. */
  "no_data_yet",
  /** The provider shows only its top rows, and the article is not among them: absence proves nothing. */
  "row_limit",
  /** The provider refused this article's question. */
  "refused",
  /** The property is not open to the service account. */
  "forbidden",
  "invalid_url",
  "invalid_country",
  /** A defect of ours. */
  "unexpected",
] as const;
export type ReadingFailureCode = (typeof READING_FAILURE_CODES)[number];

/** Why a provider refuses this installation: the readings of all articles left fail with it. */
export const SOURCE_FAILURE_CODES = [
  "source_not_configured",
  "invalid_credentials",
  "unauthorized",
  /** Passing: no credits left until somebody buys some. */
  "quota_exceeded",
  "api_disabled",
  "wrong_address",
] as const;
export type SourceFailureCode = (typeof SOURCE_FAILURE_CODES)[number];

/** Nothing could be learned about the articles of one question; others may still be read. */
export class ReadingFailure extends Error implements ReadingError {
  readonly code: ReadingFailureCode;
  readonly permanent: boolean;
  /** How long the provider asked to be left alone. */
  readonly retryAfterMs: number | undefined;
  constructor(
    code: ReadingFailureCode,
    message: string,
    options: { permanent: boolean; retryAfterMs?: number | undefined; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = "ReadingFailure";
    this.code = code;
    this.permanent = options.permanent;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What was thrown, as the reading that is stored: `failed`, never a position. */
export function failedReading(error: unknown): Reading & { status: "failed" } {
  const { code, permanent } = error instanceof ReadingFailure ? error : UNEXPECTED;
  return { status: "failed", error: { code, message: reasonOf(error), permanent } };
}

const UNEXPECTED = { code: "unexpected", permanent: false } as const;
