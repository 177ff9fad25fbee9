import { type Database, database } from "@/lib/platform/database";
import { currentEnv } from "@/lib/platform/env";
import { type Log, rootLog } from "@/lib/platform/log";
import { type Patience, type Redis, redis } from "@/lib/platform/redis";

/** What every job and domain function may use of the outside world: one argument, no globals. */
export interface Context {
  now: () => Date;
  /** Labels ledger rows, so that one database can tell a rehearsal from the real thing. */
  env: "dev" | "prod";
  db: Database;
  redis: Redis;
  log: Log;
}

/** The context of this process, from its environment. Throws `ConfigurationError` when a setting is missing. */
export function appContext(patience: Patience = "job"): Context {
  return {
    now: () => new Date(),
    env: currentEnv(),
    db: database(patience),
    redis: redis(patience),
    log: rootLog,
  };
}
