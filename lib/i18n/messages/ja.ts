import { nav, overview, run, runs, states } from "@/lib/i18n/messages/ja/admin";
import { counts, failures, outcomes } from "@/lib/i18n/messages/ja/codes";
import { common } from "@/lib/i18n/messages/ja/common";
import { contest, theme } from "@/lib/i18n/messages/ja/contest";
import { notifications } from "@/lib/i18n/messages/ja/notifications";
import { preferences } from "@/lib/i18n/messages/ja/preferences";
import { home, ranking, signIn } from "@/lib/i18n/messages/ja/public";
import { trending } from "@/lib/i18n/messages/ja/trending";
import { watch } from "@/lib/i18n/messages/ja/watch";
import type { Messages } from "@/lib/i18n/messages/type";

/** Every Japanese sentence of the interface. */
export const ja: Messages = {
  common,
  home,
  ranking,
  signIn,
  nav,
  states,
  overview,
  run,
  runs,
  contest,
  theme,
  watch,
  notifications,
  trending,
  preferences,
  outcomes,
  counts,
  failures,
};
