/** A user's own preferences: the page that digests link to. */
export const preferences = {
  title: "Your notifications",
} as const;
