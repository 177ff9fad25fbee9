import { type Database, rows } from "@/lib/platform/database";

/** The titles of works by id; works that are gone are left out. */
export async function titlesOf(db: Database, workIds: string[]): Promise<Map<string, string>> {
  if (workIds.length === 0) return new Map();
  const found = await rows(db.rpc("titles_of_works", { p_work_ids: workIds }));
  return new Map(found.map(({ work_id, title }) => [work_id, title]));
}
