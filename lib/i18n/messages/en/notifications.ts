/** Notifications and what became of them; a user's own preferences. */
export const notifications = {
  title: "Notifications",
} as const;

export const preferences = {
  title: "Your notifications",
} as const;
