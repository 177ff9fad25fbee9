import { DEFAULT_COOLDOWN_DAYS, DEFAULT_THRESHOLDS } from "@/lib/watch/rules";
import type { ChangeKind } from "@/lib/watch/types";

/** The figures that decide when an owner is told, by the names of their columns. */
export const THRESHOLDS = [
  "drop_threshold",
  "rise_threshold",
  "top_10_threshold",
  "top_3_threshold",
  "lost_after_days",
  "notification_cooldown_days",
] as const;
export type ThresholdName = (typeof THRESHOLDS)[number];

/** Who decided a setting: the article itself, its owner, or the house. */
export type SettingFrom = "article" | "owner" | "house";

export type OwnSettings = Record<ThresholdName, number | null> & { muted_kinds: ChangeKind[] | null };

export interface EffectiveSettings {
  thresholds: { name: ThresholdName; value: number; from: SettingFrom }[];
  muted: { kinds: ChangeKind[]; from: SettingFrom };
}

/** The house's figures, where neither article nor owner says otherwise. */
export const HOUSE: Record<ThresholdName, number> = {
  drop_threshold: DEFAULT_THRESHOLDS.drop,
  rise_threshold: DEFAULT_THRESHOLDS.rise,
  top_10_threshold: DEFAULT_THRESHOLDS.top10,
  top_3_threshold: DEFAULT_THRESHOLDS.top3,
  lost_after_days: DEFAULT_THRESHOLDS.lostAfterDays,
  notification_cooldown_days: DEFAULT_COOLDOWN_DAYS,
};

/** What holds for an article, and who said so; as SQL `articles_to_judge` has it. `owner` null: no settings. */
export function effectiveSettings(article: OwnSettings, owner: OwnSettings | null): EffectiveSettings {
  return {
    thresholds: THRESHOLDS.map((name) => {
      const own = article[name];
      const owners = owner?.[name] ?? null;
      if (own !== null) return { name, value: own, from: "article" };
      return owners === null
        ? { name, value: HOUSE[name], from: "house" }
        : { name, value: owners, from: "owner" };
    }),
    muted: article.muted_kinds
      ? { kinds: article.muted_kinds, from: "article" }
      : owner?.muted_kinds
        ? { kinds: owner.muted_kinds, from: "owner" }
        : { kinds: DEFAULT_THRESHOLDS.muted, from: "house" },
  };
}
