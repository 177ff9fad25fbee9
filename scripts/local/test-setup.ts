import { startTestPostgres, TEST_POSTGRES_URL } from "./test-database";

/** Global setup of a vitest run: one PostgreSQL for all its files, gone at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env[TEST_POSTGRES_URL]) return async () => undefined;
  const postgres = await startTestPostgres();
  process.env[TEST_POSTGRES_URL] = postgres.url;
  return async () => {
    delete process.env[TEST_POSTGRES_URL];
    await postgres.stop();
  };
}
