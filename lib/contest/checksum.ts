import { createHash } from "node:crypto";
import type { RankedWork } from "@/lib/contest/types";

/**
 * sha256 (hex) over a ranking in rank order, one line per row: rank, work id, score with 5 decimals,
 * likes, impressions, unique viewers, tab-separated, unknown counts empty. The same text is built by
 * SQL `ranking_checksum`, so a stored ranking can be checked against its header at any time.
 */
export function rankingChecksum(ranking: RankedWork[]): string {
  const hash = createHash("sha256");
  const chunk = 5_000;
  for (let start = 0; start < ranking.length; start += chunk) {
    hash.update(
      ranking
        .slice(start, start + chunk)
        .map(lineOf)
        .join(""),
    );
  }
  return hash.digest("hex");
}

function lineOf(work: RankedWork): string {
  const counts = `${work.likes ?? ""}\t${work.impressions ?? ""}\t${work.uniqueViewers ?? ""}`;
  return `${work.rank}\t${work.workId}\t${work.score.toFixed(5)}\t${counts}\n`;
}
