import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { createTestDatabase, startTestPostgres, TEST_POSTGRES_URL } from "./local/test-database";

/**
 * Writes lib/database.types.ts from the migrations, through the Supabase CLI against a throwaway
 * database. `--check` compares instead, and says how to mend a difference.
 */
const TARGET = "lib/database.types.ts";
const CLI = "node_modules/@supabase/cli-linux-x64/bin/supabase";

const check = process.argv.includes("--check");
const postgres = await startTestPostgres();
process.env[TEST_POSTGRES_URL] = postgres.url;
try {
  const db = await createTestDatabase();
  const url = `${db.postgresUrl}?sslmode=disable`;
  const run = promisify(execFile);
  const { stdout } = await run(CLI, ["gen", "types", "--schema", "public", `--remote=${url}`], {
    env: { ...process.env, DO_NOT_TRACK: "1", SUPABASE_TELEMETRY_DISABLED: "1" },
    maxBuffer: 16 * 1024 * 1024,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    console.error("generate-types: the Supabase CLI for this platform is not installed (linux-x64 only).");
    process.exit(check ? 0 : 2);
  });
  await db.close();
  if (!check) {
    await writeFile(TARGET, stdout);
    console.log(`wrote ${TARGET}`);
  } else if ((await readFile(TARGET, "utf8")) !== stdout) {
    console.error(`${TARGET} does not match supabase/migrations: run npm run generate`);
    process.exitCode = 1;
  }
} finally {
  await postgres.stop();
}
