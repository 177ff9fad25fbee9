import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { chunked, inParallel } from "./measure";

/** A Redis command as the REST protocol takes it. */
export type Command = (string | number)[];
export type SendPipeline = (commands: Command[]) => Promise<{ result?: unknown; error?: string }[]>;

/** Sends pipelines over plain fetch: what any client of Upstash's protocol must at least do. */
export function bareRest(url: string, token: string): SendPipeline {
  return async (commands) => {
    const response = await fetch(`${url}/pipeline`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(commands),
    });
    if (!response.ok) throw new Error(`Redis answered ${response.status}`);
    return (await response.json()) as { result?: unknown; error?: string }[];
  };
}

/** The floor's first half: one ZSET read and one HMGET per work, and nothing done with them. */
export async function bareRead(send: SendPipeline, themeId: string): Promise<number> {
  const [reply] = await send([["ZREVRANGE", `rankings:${themeId}`, 0, -1, "WITHSCORES"]]);
  const ids = ((reply?.result ?? []) as string[]).filter((_, index) => index % 2 === 0);
  await inParallel(chunked(ids, 1_000), 4, async (chunk) => {
    await send(chunk.map((id) => ["HMGET", `metrics:${id}`, "likes", "impressions", "unique_viewers"]));
  });
  return ids.length;
}

/** The rows of a stored ranking as COPY text; made before the clock starts. */
export async function copyTextOf(sql: Client, themeId: string): Promise<string> {
  const { rows } = await sql.query<{ text: string }>(
    `select string_agg(concat_ws(E'\\t', theme_id, work_id, rank, score, likes, impressions, unique_viewers) || E'\\n',
       '' order by rank) as text from rankings where theme_id = $1`,
    [themeId],
  );
  return rows[0]?.text ?? "";
}

/** An empty table with the columns, keys and checks of `rankings`. */
export async function emptyCopyTarget(sql: Client): Promise<void> {
  await sql.query("drop table if exists bench_rankings");
  await sql.query("create table bench_rankings (like rankings including all)");
}

/** The floor's second half: COPY of the same rows. */
export async function bareCopy(sql: Client, text: string): Promise<void> {
  await pipeline(Readable.from([text]), sql.query(copyFrom("copy bench_rankings from stdin")));
}
