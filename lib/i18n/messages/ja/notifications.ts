import type { Messages } from "@/lib/i18n/messages/type";

export const notifications: Messages["notifications"] = {
  title: "通知",
};

export const preferences: Messages["preferences"] = {
  title: "通知の設定",
};
