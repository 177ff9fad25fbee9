/** How far a theme is: `overdue` has passed its closing time and was not closed. */
export type ThemeStage = "open" | "submissions_closed" | "overdue" | "finalized" | "empty";

export interface ThemeTimes {
  closesAt: string;
  submissionsClosedAt: string | null;
  closedOutcome: string | null;
}

/** The stage of a theme at an instant. */
export function themeStage(
  { closesAt, submissionsClosedAt, closedOutcome }: ThemeTimes,
  now: Date,
): ThemeStage {
  if (closedOutcome === "finalized" || closedOutcome === "empty") return closedOutcome;
  if (new Date(closesAt) <= now) return "overdue";
  if (submissionsClosedAt !== null && new Date(submissionsClosedAt) <= now) return "submissions_closed";
  return "open";
}
