import { describe, expect, test } from "vitest";
import { cooldownUntil } from "@/lib/watch/rules";

const NOW = new Date("2026-11-22T00:00:00.000Z");
const DAY_MS = 86_400_000;

/** Whether a new notification may be made when the last was sent so long ago. */
function mayTell(sinceLastMs: number, cooldownDays: number | null): boolean {
  return cooldownUntil(new Date(NOW.getTime() - sinceLastMs), cooldownDays, NOW) === null;
}

/** Seed 003, "Cooldownチェック" and 重要なポイント 2. */
describe("the cooldown (seed 003, Cooldownチェック)", () => {
  test("Cooldown期間内: 新しい通知レコードは作成されない", () => {
    expect(mayTell(3 * DAY_MS, 7)).toBe(false);
  });

  test("Cooldown期間経過後: 新しい通知レコードが作成される可能性がある", () => {
    expect(mayTell(8 * DAY_MS, 7)).toBe(true);
  });

  test("daysSinceLastNotification < cooldownDays: exactly 7 days is no longer within 7 days", () => {
    expect(mayTell(7 * DAY_MS, 7)).toBe(true);
  });

  test("Math.floor: a millisecond less than 7 days is 6 days, still within", () => {
    expect(mayTell(7 * DAY_MS - 1, 7)).toBe(false);
  });

  test("Cooldownが0の場合: daysSinceLastNotification < 0 は常にfalse", () => {
    expect(mayTell(0, 0)).toBe(true);
    expect(mayTell(1, 0)).toBe(true);
  });

  test("0 never waits, even when another clock put the last sending a moment ahead", () => {
    expect(mayTell(-1, 0)).toBe(true);
  });

  test("notification_cooldown_days ?? 7: without a setting it is 7 days", () => {
    expect(mayTell(6.9 * DAY_MS, null)).toBe(false);
    expect(mayTell(7 * DAY_MS, null)).toBe(true);
  });

  test("if (article.last_notification_sent_at): an article never told of has none", () => {
    expect(cooldownUntil(null, 7, NOW)).toBeNull();
  });

  test("ends at a known instant, which the operator is shown", () => {
    const lastSent = new Date("2026-11-20T15:30:00Z");
    expect(cooldownUntil(lastSent, 7, NOW)?.toISOString()).toBe("2026-11-27T15:30:00.000Z");
  });
});
