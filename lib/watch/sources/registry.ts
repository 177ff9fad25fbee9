import type { SourceName } from "@/lib/watch/types";
import { searchConsole } from "./search-console";
import { serper } from "./serper";
import type { RankSource } from "./source";

/** Every source that can be asked. `manual` articles are filled by CSV import. */
export const rankSources: Record<Exclude<SourceName, "manual">, RankSource> = {
  "search-console": searchConsole,
  serper,
};
