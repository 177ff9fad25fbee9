import type { Sink } from "@/lib/events/types";
import { postToOperators } from "@/lib/platform/slack";

/** Tells the operators in Slack that a theme was closed without a single work. */
export const operators: Sink = {
  name: "operators",
  async deliver(_ctx, event) {
    const { theme_id, theme_title, theme_date } = event.payload;
    await postToOperators(
      `:warning: *${theme_title}* (${theme_id}, ${theme_date} JST) was closed empty: its live ranking has no works. ` +
        "Users are told nothing. If works are missing in Redis, restore them and finalize the theme by hand.",
    );
    return { status: "delivered" };
  },
};
