import { z } from "zod";
import { readTheme, readTitles } from "@/lib/contest/store";
import type { Context } from "@/lib/platform/context";

const SHOWN = 12;

const previewSchema = z.array(
  z.object({
    theme: z.string(),
    outcome: z.enum([
      "would_finalize",
      "would_replace",
      "unchanged",
      "empty",
      "still_open",
      "theme_not_found",
    ]),
    entries: z.number(),
    current: z.object({ version: z.number() }).nullable(),
    diff: z
      .object({
        added: z.array(z.string()),
        removed: z.array(z.string()),
        moved: z.array(z.object({ workId: z.string(), from: z.number(), to: z.number() })),
        recounted: z.array(z.string()),
      })
      .nullable(),
  }),
);

/** One work whose place would change. */
export type PlaceChange = { workId: string; title: string | null } & (
  | { kind: "moved"; from: number; to: number }
  | { kind: "added" | "removed" }
);

/** What closing a theme would do, small enough for the browser: all counts, the first few changes. */
export interface ClosingPreview {
  theme: string;
  title: string | null;
  closesAt: string | null;
  outcome: z.infer<typeof previewSchema>[number]["outcome"];
  entries: number;
  /** The version that stands; null when there is none. */
  version: number | null;
  changes: { added: number; removed: number; moved: number; recounted: number };
  examples: PlaceChange[];
}

/** Shortens the job's dry run and puts titles to it. For a first version no work is listed: all are new. */
export async function previewOf(ctx: Pick<Context, "db">, dryRun: unknown): Promise<ClosingPreview[]> {
  const previews = previewSchema.parse(dryRun);
  return Promise.all(
    previews.map(async ({ theme, outcome, entries, current, diff }) => {
      const changes = current && diff ? changesOf(diff) : [];
      const ids = changes.map(({ workId }) => workId);
      const [state, titles] = await Promise.all([readTheme(ctx.db, theme), readTitles(ctx.db, ids)]);
      return {
        theme,
        title: state?.title ?? null,
        closesAt: state?.closesAt ?? null,
        outcome,
        entries,
        version: current?.version ?? null,
        changes: {
          added: diff?.added.length ?? 0,
          removed: diff?.removed.length ?? 0,
          moved: diff?.moved.length ?? 0,
          recounted: diff?.recounted.length ?? 0,
        },
        examples: changes.map((change) => ({ ...change, title: titles.get(change.workId) ?? null })),
      };
    }),
  );
}

type Change = { workId: string } & (
  | { kind: "moved"; from: number; to: number }
  | { kind: "added" | "removed" }
);

/** The highest places first: a change at rank 1 matters more than one at rank 80. */
function changesOf(diff: NonNullable<z.infer<typeof previewSchema>[number]["diff"]>): Change[] {
  const moved = diff.moved.toSorted((a, b) => Math.min(a.from, a.to) - Math.min(b.from, b.to));
  return [
    ...moved.map((move) => ({ kind: "moved" as const, ...move })),
    ...diff.added.map((workId) => ({ kind: "added" as const, workId })),
    ...diff.removed.map((workId) => ({ kind: "removed" as const, workId })),
  ].slice(0, SHOWN);
}
