import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { messageOf, StackError } from "./errors";

/** One file of `supabase/migrations`, in the Supabase CLI's naming. */
export type Migration = { version: string; name: string; file: string; sql: string };

const FILE_NAME = /^(\d{14})_(.+)\.sql$/;

/**
 * Reads `<projectDir>/supabase/migrations`, oldest first.
 * @throws StackError for a file that the Supabase CLI would silently leave out, or two of one version
 */
export async function readMigrations(projectDir: string): Promise<Migration[]> {
  const folder = join(projectDir, "supabase", "migrations");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
  const migrations = await Promise.all(
    files.map(async (file) => {
      const [, version, name] = FILE_NAME.exec(file) ?? [];
      if (!version || !name)
        throw new StackError(`${join(folder, file)} is not named <14 digits>_<name>.sql.`);
      return { version, name, file, sql: await readFile(join(folder, file), "utf8") };
    }),
  );
  const twice = migrations.find((m, i) => migrations[i + 1]?.version === m.version);
  if (twice) throw new StackError(`Two migrations have the version ${twice.version}: rename one.`);
  return migrations;
}

/** Changes whenever any migration does; names the template database of tests. */
export function migrationsHash(migrations: Migration[]): string {
  const hash = createHash("sha256");
  for (const { file, sql } of migrations) hash.update(`${file}\0${sql}\0`);
  return hash.digest("hex").slice(0, 16);
}

/**
 * Applies what is missing, one transaction per file, recorded as the Supabase CLI records it.
 * Two callers at once are serialized. Returns how many were applied now.
 * @throws StackError naming the file for failing SQL, and for an applied migration edited since
 */
export async function applyMigrations(databaseUrl: string, migrations: Migration[]): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext('banzuke migrations'))");
    await client.query(HISTORY);
    const { rows } = await client.query<{ version: string; statements: string[] | null }>(
      "select version, statements from supabase_migrations.schema_migrations",
    );
    const applied = new Map(rows.map((row) => [row.version, row.statements?.join("")]));
    const pending = migrations.filter((m) => !applied.has(m.version));
    for (const { version, file, sql } of migrations) {
      if (applied.has(version) && applied.get(version) !== sql) {
        throw new StackError(
          `${file} was edited after this database applied it: npm run dev -- --reset starts anew.`,
        );
      }
    }
    for (const migration of pending) await apply(client, migration);
    return pending.length;
  } finally {
    await client.end();
  }
}

const HISTORY = `
  create schema if not exists supabase_migrations;
  create table if not exists supabase_migrations.schema_migrations (version text primary key);
  alter table supabase_migrations.schema_migrations
    add column if not exists statements text[], add column if not exists name text;
`;

async function apply(client: Client, { version, name, file, sql }: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query(
      "insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)",
      [version, name, [sql]],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new StackError(`Migration ${file} failed: ${messageOf(error)}${place(error, sql)}.`);
  }
}

function place(error: unknown, sql: string): string {
  const position =
    typeof error === "object" && error !== null && "position" in error ? Number(error.position) : Number.NaN;
  return Number.isNaN(position) ? "" : ` (line ${sql.slice(0, position).split("\n").length})`;
}
