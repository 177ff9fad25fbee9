import { Client } from "pg";

export interface WritersStart {
  postgresUrl: string;
  connections: number;
  topics: number;
  /** The bench's clock. */
  now: string;
}

/** What happened since the last mark. */
export interface Marked {
  inserted: number;
  ms: number;
  p99Ms: number;
  maxMs: number;
}

type Told = WritersStart | { now: string } | "mark";

/** Writers in a process of their own: they must not wait for the bench, nor it for them. */
const FIVE_MINUTES_MS = 5 * 60_000;
let nowMs = 0;
let serial = 0;
let latencies: number[] = [];
let markedAt = performance.now();
let ending = false;

process.on("message", async (told: Told) => {
  if (told === "mark") return process.send?.(mark());
  nowMs = new Date(told.now).getTime();
  if (!("connections" in told)) return;
  const clients = Array.from(
    { length: told.connections },
    () => new Client({ connectionString: told.postgresUrl }),
  );
  await Promise.all(clients.map((client) => client.connect()));
  for (const client of clients) void write(client, told.topics);
  process.send?.("writing");
});
process.on("disconnect", () => {
  ending = true;
});

async function write(client: Client, topics: number): Promise<void> {
  while (!ending) {
    serial += 1;
    const skewed = serial % 2 === 0 ? Math.random() : Math.random() ** 4;
    const startedAt = performance.now();
    await client.query({
      name: "insert-post",
      text: "insert into posts (id, topic_id, author_id, reply_to, created_at) values ($1, $2, $3, $4, $5)",
      values: [
        `w${process.pid}-${serial}`,
        `t${Math.floor(topics * skewed)}`,
        `a${Math.floor(3 * topics * Math.random())}`,
        serial % 10 < 3 ? "p0" : null,
        new Date(nowMs - Math.random() * FIVE_MINUTES_MS).toISOString(),
      ],
    });
    latencies.push(performance.now() - startedAt);
  }
  await client.end();
}

function mark(): Marked {
  const now = performance.now();
  const sorted = Float64Array.from(latencies).sort();
  const marked = {
    inserted: sorted.length,
    ms: now - markedAt,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    maxMs: sorted.at(-1) ?? 0,
  };
  latencies = [];
  markedAt = now;
  return marked;
}
