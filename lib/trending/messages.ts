import type { StaleReason } from "@/lib/trending/types";

/** What a stale answer says to readers, by reason and by where its counts come from (seed 001, ジョブ停止時のフォールバック). */
export const BANNERS: Record<StaleReason, Record<"live" | "metrics", { ja: string; en: string }>> = {
  missing: {
    live: {
      ja: "トレンドはまだ集計されていません。この結果は直接集計したものです。",
      en: "Trends have not been aggregated yet; this answer was counted just now.",
    },
    metrics: {
      ja: "トレンドはまだ集計されていません。",
      en: "Trends have not been aggregated yet.",
    },
  },
  building: {
    live: {
      ja: "トレンドを集計し直しています。この結果は直接集計したものです。",
      en: "Trends are being aggregated anew; this answer was counted just now.",
    },
    metrics: {
      ja: "トレンドを集計し直しています。",
      en: "Trends are being aggregated anew.",
    },
  },
  old: {
    live: {
      ja: "一時的に集計結果が旧データになっています。この結果は直接集計したものです。",
      en: "The aggregated trends are temporarily out of date; this answer was counted just now.",
    },
    metrics: {
      ja: "一時的に集計結果が旧データになっています。集計時刻は generated_at をご覧ください。",
      en: "The aggregated trends are temporarily out of date; generated_at says how old they are.",
    },
  },
};
