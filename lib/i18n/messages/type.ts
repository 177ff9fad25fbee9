import type {} from "next-intl";
import type { en } from "@/lib/i18n/messages/en";

type Worded<T> = { [Key in keyof T]: T[Key] extends string ? string : Worded<T[Key]> };

/** What every language must say: the keys of the English messages. A key missing or too many is a type error. */
export type Messages = Worded<typeof en>;

declare module "next-intl" {
  interface AppConfig {
    Locale: "ja" | "en";
    Messages: typeof en;
  }
}
