import { useTranslations } from "next-intl";
import type { SheetEntry } from "@/lib/admin/public-sheet";
import { columnsOf, isJapanese, type Tier } from "@/lib/admin/tiers";

interface SideProps {
  side: "east" | "west";
  tiers: Tier[];
  /** Write from top to bottom, right to left. */
  vertical: boolean;
}

/** Writing of the first place, then of each tier: size and weight; down also how many characters a column holds. */
const ACROSS = [
  "text-[clamp(1.25rem,3.4vw,2.9rem)] leading-[1.1] text-balance font-black py-2.5",
  "text-[clamp(1.1rem,2.6vw,2.2rem)] leading-[1.15] font-black py-2.5",
  "text-[clamp(1rem,1.8vw,1.5rem)] leading-[1.2] font-bold py-1.5",
  "text-[clamp(0.9rem,1.25vw,1.1rem)] leading-[1.3] font-semibold py-1",
  "text-[clamp(0.8rem,1vw,0.9rem)] leading-[1.4] font-normal py-0.5",
];
const DOWN = [
  { look: "text-[clamp(2rem,4.6vw,4rem)] font-black", perColumn: 9 },
  { look: "text-[clamp(1.6rem,3.4vw,2.8rem)] font-black", perColumn: 11 },
  { look: "text-[clamp(1.15rem,2vw,1.7rem)] font-bold", perColumn: 9 },
  { look: "text-[clamp(1rem,1.3vw,1.15rem)] font-semibold", perColumn: 9 },
  { look: "text-[clamp(0.85rem,1vw,0.95rem)] font-normal", perColumn: 8 },
];
const COLUMN_EM = 1.25;

/** Half of the sheet: odd ranks in the east, even ones in the west. */
export function Side({ side, tiers, vertical }: SideProps) {
  const t = useTranslations("ranking");
  const east = side === "east";
  return (
    <section
      aria-label={t(side)}
      className={`grid min-w-0 [grid-row:span_var(--rows)] grid-cols-[minmax(0,1fr)] grid-rows-subgrid p-2 lg:p-5 ${east ? "order-2 lg:order-3" : "order-1 max-lg:border-r max-lg:border-ink"}`}
    >
      <h2 className={`mb-2 text-title leading-none font-black ${east ? "" : "text-right"}`}>{t(side)}</h2>
      {tiers.map((tier) => (
        <ol
          key={tier.size}
          className={`border-t border-line first-of-type:border-t-0 ${
            vertical
              ? `flex flex-row-reverse flex-wrap gap-x-1.5 gap-y-3 py-4 ${tier.size < 4 ? "justify-evenly" : "justify-start"}`
              : "py-2"
          }`}
        >
          {tier[side].map((entry) =>
            vertical ? (
              <Down key={entry.workId} entry={entry} size={tier.size} />
            ) : (
              <Across key={entry.workId} entry={entry} size={tier.size} east={east} />
            ),
          )}
        </ol>
      ))}
    </section>
  );
}

/** A work written across; both halves lean on the middle of the sheet. */
function Across({ entry, size, east }: { entry: SheetEntry; size: number; east: boolean }) {
  const t = useTranslations("ranking");
  const title = entry.title ?? t("unknownTitle");
  return (
    <li
      value={entry.rank}
      className={`flex items-baseline gap-x-1 lg:gap-x-2 ${ACROSS[entry.rank === 1 ? 0 : size]} ${east ? "" : "flex-row-reverse text-right"}`}
    >
      <Rank rank={entry.rank} />
      <span lang={isJapanese(title) ? "ja" : "en"} className="min-w-0 flex-1 break-words hyphens-auto">
        {title}
      </span>
      <span className="font-sans text-small font-normal text-faint tabular-nums max-lg:hidden">
        <span className="sr-only">{t("score", { score: entry.score.toFixed(5) })}</span>
        <span aria-hidden="true">{entry.score.toFixed(5)}</span>
      </span>
    </li>
  );
}

/**
 * A work written from top to bottom under its rank. Its size is set, not found: browsers do not widen a
 * box for the columns its vertical writing breaks into.
 */
function Down({ entry, size }: { entry: SheetEntry; size: number }) {
  const t = useTranslations("ranking");
  const title = entry.title ?? t("unknownTitle");
  const { look, perColumn } = DOWN[entry.rank === 1 ? 0 : size] ?? { look: "", perColumn: 8 };
  const columns = columnsOf(title, perColumn);
  return (
    <li value={entry.rank} className={`flex flex-col items-center gap-1 ${look}`}>
      <Rank rank={entry.rank} />
      <span
        lang={isJapanese(title) ? "ja" : undefined}
        className="vertical block"
        style={{
          width: `${columns * COLUMN_EM}em`,
          height: columns > 1 ? `${perColumn}em` : undefined,
          lineHeight: COLUMN_EM,
        }}
        data-tip={t("score", { score: entry.score.toFixed(5) })}
      >
        {title}
      </span>
    </li>
  );
}

function Rank({ rank }: { rank: number }) {
  const t = useTranslations("ranking");
  return (
    <span className="min-w-5 text-center font-sans text-small font-normal text-faint tabular-nums">
      <span className="sr-only">{t("rank", { rank })}</span>
      <span aria-hidden="true">{rank}</span>
    </span>
  );
}
