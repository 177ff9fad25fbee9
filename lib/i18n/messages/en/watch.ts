/** Rank watch: articles, their history, their owners. */
export const watch = {
  title: "Watch",
} as const;
