import { Client } from "pg";

/** What the bench tells the writers; each is answered, `mark` by what they wrote since the last one. */
export type Told =
  | { postgresUrl: string; connections: number; topics: number; now: string }
  | { now: string }
  | "resume"
  | "pause"
  | "mark";

export interface Marked {
  inserted: number;
  ms: number;
  p99Ms: number;
  maxMs: number;
}

/** Writers in a process of their own: they must not wait for the bench, nor it for them. */
const FIVE_MINUTES_MS = 5 * 60_000;
let clients: Client[] = [];
let writing: Promise<void>[] = [];
let topics = 0;
let nowMs = 0;
let serial = 0;
let paused = true;
let latencies: number[] = [];
let markedAt = performance.now();

process.on("message", async (told: Told) => {
  process.send?.((await obey(told)) ?? "done");
});
process.on("disconnect", async () => {
  await pause();
  await Promise.all(clients.map((client) => client.end()));
});

async function obey(told: Told): Promise<Marked | undefined> {
  if (told === "mark") return mark();
  if (told === "pause") await pause();
  else if (told === "resume") {
    paused = false;
    writing = clients.map(write);
  } else {
    nowMs = new Date(told.now).getTime();
    if ("connections" in told) await connect(told);
  }
}

async function connect(told: { postgresUrl: string; connections: number; topics: number }): Promise<void> {
  topics = told.topics;
  clients = Array.from(
    { length: told.connections },
    () => new Client({ connectionString: told.postgresUrl }),
  );
  await Promise.all(clients.map((client) => client.connect()));
}

async function pause(): Promise<void> {
  paused = true;
  await Promise.all(writing);
}

async function write(client: Client): Promise<void> {
  while (!paused) {
    serial += 1;
    const share = serial % 2 === 0 ? Math.random() : Math.random() ** 4;
    const startedAt = performance.now();
    await client.query({
      name: "insert-post",
      text: "insert into posts (id, topic_id, author_id, reply_to, created_at) values ($1, $2, $3, $4, $5)",
      values: [
        `w${process.pid}-${serial}`,
        `t${Math.floor(topics * share)}`,
        `a${Math.floor(3 * topics * Math.random())}`,
        serial % 10 < 3 ? "p0" : null,
        new Date(nowMs - Math.random() * FIVE_MINUTES_MS).toISOString(),
      ],
    });
    latencies.push(performance.now() - startedAt);
  }
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
