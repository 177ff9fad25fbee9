import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Postgres } from "@/scripts/local/postgres";
import { startTestPostgres } from "@/scripts/local/test-database";

const CLI = "node_modules/@supabase/cli-linux-x64/bin/supabase";
const run = promisify(execFile);

describe.skipIf(!existsSync(CLI))(
  "supabase/ on a hosted project (needs the Supabase CLI for linux-x64)",
  () => {
    let postgres: Postgres;
    let sql: Client;
    beforeAll(async () => {
      postgres = await startTestPostgres();
      sql = new Client({ connectionString: postgres.url });
      await sql.connect();
      // What a hosted project has before the first push.
      await sql.query("create role anon; create role authenticated; create role service_role bypassrls");
    });
    afterAll(async () => {
      await sql.end();
      await postgres.stop();
    });
    const push = (...options: string[]) =>
      run(CLI, ["db", "push", `--remote=${postgres.url}?sslmode=disable`, "--yes", ...options], {
        env: { ...process.env, DO_NOT_TRACK: "1" },
      });

    test("db push applies every migration and the seed, and finds nothing to do the second time", async () => {
      const first = await push("--include-seed");
      expect(first.stderr).toContain("Applying migration 20261122000100_engine.sql");
      const { rows } = await sql.query("select version from supabase_migrations.schema_migrations");
      expect(rows.every(({ version }) => /^\d{14}$/.test(version))).toBe(true);
      expect((await sql.query("select title from works order by id")).rows).toHaveLength(3);
      expect((await push()).stdout).toContain("Remote database is up to date");
    });
  },
);
