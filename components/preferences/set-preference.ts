import { PREFERENCE_COOKIES } from "@/lib/i18n/preferences";

const YEAR_SECONDS = 31_536_000;

/** Keeps a reader's choice in its cookie for a year; null forgets it. */
export function setPreference(name: keyof typeof PREFERENCE_COOKIES, value: string | null): void {
  const kept = `path=/; samesite=lax; max-age=${value === null ? 0 : YEAR_SECONDS}`;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we support.
  document.cookie = `${PREFERENCE_COOKIES[name]}=${encodeURIComponent(value ?? "")}; ${kept}`;
}
