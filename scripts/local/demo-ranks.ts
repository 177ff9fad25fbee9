import { createHash } from "node:crypto";
import type { DemoArticle } from "./demo-articles";

export interface DemoReading {
  status: "ok" | "not_ranked" | "failed";
  position: number | null;
  competitors: Record<string, number> | null;
}

/** Results deeper than this are not looked at. */
const DEPTH = 50;

/**
 * Where a demo article ranked on a day (days since the epoch): the same for the same day whenever it is asked, so
 * that a later start goes on where an earlier one ended.
 */
export function demoReading(article: DemoArticle, day: number): DemoReading {
  if (chance(article.id, day) < (article.story === "flaky" ? 0.12 : 0.012)) {
    return { status: "failed", position: null, competitors: null };
  }
  const depth = demoPosition(article, day);
  const competitors = article.competitors.map((host, place) => [
    host,
    wandering(`${article.id} ${host}`, article.level * (place + 1.4), 0.45, day, false),
  ]);
  return {
    status: depth === null ? "not_ranked" : "ok",
    position: depth,
    competitors: competitors.length > 0 ? Object.fromEntries(competitors) : null,
  };
}

/** The position alone, null where the page cannot be found. */
export function demoPosition(article: DemoArticle, day: number): number | null {
  const { id, level, swing, story } = article;
  const phase = day + Math.floor(hash(id) * 90);
  const turn =
    story === "cycle"
      ? Math.sin((phase / 90) * 2 * Math.PI) * 0.8
      : story === "dip" && phase % 75 < 12
        ? 1.15
        : story === "lost" && phase % 50 < 9
          ? 9
          : 0;
  const position = wandering(id, level * Math.exp(turn), swing, day, article.source === "search-console");
  return position > DEPTH ? null : position;
}

/** A slow walk around a level, with a little noise from day to day. Averages have decimals. */
function wandering(seed: string, level: number, swing: number, day: number, average: boolean): number {
  const slow = between(`${seed} slow`, day, 13);
  const quick = between(`${seed} quick`, day, 3);
  const position = Math.max(1, level * Math.exp(swing * (1.5 * slow + 0.5 * quick)));
  return average ? Math.round(position * 100) / 100 : Math.round(position);
}

/** Smooth noise from -1 to 1 with a knot every `period` days. */
function between(seed: string, day: number, period: number): number {
  const knot = Math.floor(day / period);
  const share = (1 - Math.cos(Math.PI * (day / period - knot))) / 2;
  const at = (index: number) => hash(`${seed} ${index}`) * 2 - 1;
  return at(knot) * (1 - share) + at(knot + 1) * share;
}

function chance(id: string, day: number): number {
  return hash(`${id} fails ${day}`);
}

/** A number from 0 to 1, always the same for a text. */
function hash(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
