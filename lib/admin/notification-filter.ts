import { z } from "zod";
import { type NotificationState, STATES } from "@/lib/admin/notification-row";
import { oneOf, pathWith, type SearchParams } from "@/lib/admin/search-params";

export const NOTIFICATIONS_PATH = "/admin/notifications";

/** What the list can be narrowed to; null `state` shows all. `partly` are sent ones that missed a channel. */
export interface NotificationFilter {
  state: NotificationState | "partly" | null;
  user: string | null;
  article: string | null;
  query: string | null;
}

const text = z.string().trim().min(1).max(300).nullable();

/** Parses a filter that a browser sends. */
export const notificationFilter: z.ZodType<NotificationFilter> = z.object({
  state: z.enum([...STATES, "partly"]).nullable(),
  user: text,
  article: text,
  query: text,
});

/** The filter and page that an address names. What it cannot name is left out: old links must not break the page. */
export function filterOf(params: Awaited<SearchParams>): { filter: NotificationFilter; page: number } {
  const state = z.enum([...STATES, "partly"]).safeParse(oneOf(params, "state")).data ?? null;
  const page = Number.parseInt(oneOf(params, "page") ?? "1", 10);
  return {
    filter: {
      state,
      user: oneOf(params, "user"),
      article: oneOf(params, "article"),
      query: oneOf(params, "q")?.trim() || null,
    },
    page: page >= 1 && page <= 1_000_000 ? page : 1,
  };
}

/** The address of a filter and page. */
export function addressOf({ state, user, article, query }: NotificationFilter, page = 1): string {
  return pathWith(NOTIFICATIONS_PATH, {
    state,
    user,
    article,
    q: query,
    page: page === 1 ? null : String(page),
  });
}
