import { nav, overview, run, runs, states } from "@/lib/i18n/messages/en/admin";
import { counts, failures, outcomes } from "@/lib/i18n/messages/en/codes";
import { common } from "@/lib/i18n/messages/en/common";
import { contest, theme } from "@/lib/i18n/messages/en/contest";
import { home, ranking, signIn } from "@/lib/i18n/messages/en/public";

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
  outcomes,
  counts,
  failures,
} as const;
