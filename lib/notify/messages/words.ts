import type { Locale } from "@/lib/notify/types";
import { en } from "./en";
import { ja } from "./ja";
import type { NotifyMessages } from "./type";

const words: Record<Locale, NotifyMessages> = { ja, en };

/** What notifications say in a language. */
export function wordsOf(locale: Locale): NotifyMessages {
  return words[locale];
}
