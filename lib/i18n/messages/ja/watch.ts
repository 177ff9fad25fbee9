import type { Messages } from "@/lib/i18n/messages/type";

export const watch: Messages["watch"] = {
  title: "順位監視",
};
