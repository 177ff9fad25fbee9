import { describe, expect, it } from "vitest";
import { demoHappenings } from "@/scripts/local/demo-happenings";

const HOUR_MS = 3_600_000;

describe("the demo's topics", () => {
  it("look the same at any hour of any day: the rising one leads by far, in a day and in six hours", () => {
    const close: string[] = [];
    for (const day of ["2026-11-05", "2026-11-10", "2026-11-24", "2027-02-28"]) {
      for (let hour = 0; hour < 24; hour += 1) {
        const now = Date.parse(`${day}T00:00:00Z`) + hour * HOUR_MS + ((hour * 7) % 60) * 60_000;
        const happened = demoHappenings(now - 72 * HOUR_MS, now);
        for (const hours of [24, 6]) {
          const [first, second] = ranked(happened, now, hours);
          if (first?.id !== "taifu" || first.score < 1.15 * (second?.score ?? 0)) {
            close.push(`${new Date(now).toISOString()} ${hours} h: ${first?.id} before ${second?.id}`);
          }
        }
      }
    }
    expect(close).toEqual([]);
  });
});

/** Topics by posts × 0.6 + authors × 0.3 + boosts × 0.1, best first, counted row by row. */
function ranked({ posts, boosts }: ReturnType<typeof demoHappenings>, now: number, hours: number) {
  const within = (at: Date) => at.getTime() > now - hours * HOUR_MS && at.getTime() <= now;
  const standing = new Map(posts.filter((post) => !post.deleted_at).map((post) => [post.id, post]));
  const scores = new Map<string, number>();
  const add = (topic: string, points: number) => scores.set(topic, (scores.get(topic) ?? 0) + points);
  const authors = new Set<string>();
  for (const { topic_id, author_id, created_at } of standing.values()) {
    if (!within(created_at)) continue;
    add(topic_id, authors.has(`${topic_id} ${author_id}`) ? 0.6 : 0.9);
    authors.add(`${topic_id} ${author_id}`);
  }
  for (const { post_id, created_at } of boosts) {
    const post = standing.get(post_id);
    if (post && within(created_at)) add(post.topic_id, 0.1);
  }
  return [...scores].map(([id, score]) => ({ id, score })).sort((a, b) => b.score - a.score);
}
