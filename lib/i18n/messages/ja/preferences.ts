import type { Messages } from "@/lib/i18n/messages/type";

export const preferences: Messages["preferences"] = {
  title: "通知の設定",
};
