import { nav, overview, run, runs, states } from "@/lib/i18n/messages/en/admin";
import { counts, failures, outcomes } from "@/lib/i18n/messages/en/codes";
import { common } from "@/lib/i18n/messages/en/common";
import { contest, theme } from "@/lib/i18n/messages/en/contest";
import { notifications } from "@/lib/i18n/messages/en/notifications";
import { preferences } from "@/lib/i18n/messages/en/preferences";
import { home, ranking, signIn } from "@/lib/i18n/messages/en/public";
import { trending } from "@/lib/i18n/messages/en/trending";
import { watch } from "@/lib/i18n/messages/en/watch";

/** Every English sentence of the interface. */
export const en = {
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
} as const;
