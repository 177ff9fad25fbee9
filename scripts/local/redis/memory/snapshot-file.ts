import { open, readFile, rename } from "node:fs/promises";
import { z } from "zod";
import { codeOf, StackError } from "../../errors";
import { Keyspace, type Kind } from "./keyspace";
import { formatScore, parseFloat64 } from "./numbers";
import { type ScoredMember, SortedSet } from "./sorted-set";

const HEADER = '{"format":"banzuke-redis-memory","version":1}';

const pairs = z.array(z.tuple([z.string(), z.string()]));
const valueSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("string"), text: z.string() }),
  z.object({ kind: z.enum(["list", "set"]), items: z.array(z.string()) }),
  z.object({ kind: z.enum(["hash", "zset"]), pairs }),
]);
const lineSchema = z.tuple([z.string(), valueSchema, z.number().nullable()]);
type Line = z.infer<typeof lineSchema>;

/** The keys saved in a file, or none when there is no such file; throws a StackError naming a file it cannot read. */
export async function loadSnapshot(file: string, now: () => number): Promise<Keyspace> {
  const keyspace = new Keyspace(now);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return keyspace;
  const lines = text.split("\n");
  // Every line ends in a line feed, so a last piece that is not empty was cut off.
  if (lines[0] !== HEADER || lines.pop() !== "")
    throw broken(file, lines[0] === HEADER ? lines.length + 1 : 1);
  lines.forEach((line, index) => {
    if (index === 0) return;
    const parsed = lineSchema.safeParse(parseJson(line));
    if (!parsed.success || !restore(keyspace, parsed.data)) throw broken(file, index + 1);
  });
  return keyspace;
}

/** Saves all keys: beside the file first, then in its place, so that a crash leaves the old file or the new one. */
export async function saveSnapshot(file: string, keyspace: Keyspace): Promise<void> {
  const text = serialize(keyspace);
  const handle = await open(`${file}.tmp`, "w");
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.tmp`, file);
}

function serialize(keyspace: Keyspace): string {
  let text = `${HEADER}\n`;
  for (const name of keyspace.keys()) text += `${JSON.stringify(toLine(keyspace, name))}\n`;
  return text;
}

function toLine(keyspace: Keyspace, name: string): Line {
  const entry = keyspace.entry(name);
  return [name, toValue(keyspace, name, entry?.kind), entry?.expiresAt ?? null];
}

function toValue(keyspace: Keyspace, name: string, kind: Kind = "string"): Line[1] {
  switch (kind) {
    case "string":
      return { kind, text: keyspace.read(name, kind) ?? "" };
    case "list":
    case "set":
      return { kind, items: [...(keyspace.read(name, kind) ?? [])] };
    case "hash":
      return { kind, pairs: [...(keyspace.read(name, kind) ?? [])] };
    case "zset": {
      const zset = keyspace.read(name, kind);
      return { kind, pairs: zset?.slice(0, zset.size).map(toPair) ?? [] };
    }
  }
}

function toPair({ member, score }: ScoredMember): [string, string] {
  return [member, formatScore(score)];
}

/** False when the value is not what its type says. */
function restore(keyspace: Keyspace, [name, value, end]: Line): boolean {
  switch (value.kind) {
    case "string":
      keyspace.put(name, "string", value.text, end);
      return true;
    case "list":
      keyspace.put(name, "list", value.items, end);
      return true;
    case "set":
      keyspace.put(name, "set", new Set(value.items), end);
      return true;
    case "hash":
      keyspace.put(name, "hash", new Map(value.pairs), end);
      return true;
    case "zset":
      return restoreSortedSet(keyspace, name, value.pairs, end);
  }
}

function restoreSortedSet(
  keyspace: Keyspace,
  name: string,
  pairs: readonly [string, string][],
  end: number | null,
): boolean {
  const zset = new SortedSet();
  for (const [member, text] of pairs) {
    const score = parseFloat64(text);
    if (score === undefined) return false;
    zset.set(member, score);
  }
  keyspace.put(name, "zset", zset, end);
  return true;
}

function broken(file: string, line: number): StackError {
  return new StackError(
    `The saved Redis data in ${file} is damaged at line ${line}: move the file away to start empty, or put a good copy in its place.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
