import type { Progress } from "@/lib/engine/define-job";
import { JobError } from "@/lib/engine/errors";
import { heartbeat } from "@/lib/engine/ledger";
import type { Database } from "@/lib/platform/database";
import type { Log } from "@/lib/platform/log";

export interface Lease {
  /** Aborted once the lease is lost or could not be prolonged in time. */
  signal: AbortSignal;
  /** Stops the heartbeat and waits for one under way. */
  release: () => Promise<void>;
}

/** Keeps a run's lease alive by a heartbeat at a third of its length, which also stores progress. */
export function holdLease(
  db: Database,
  log: Log,
  run: { id: string; lease_token: string },
  leaseSeconds: number,
  progress: () => Progress | null,
): Lease {
  const controller = new AbortController();
  let heldUntil = Date.now() + leaseSeconds * 1000;
  let beating: Promise<void> = Promise.resolve();

  const beat = async () => {
    const askedAt = Date.now();
    try {
      if (await heartbeat(db, run, leaseSeconds, progress())) heldUntil = askedAt + leaseSeconds * 1000;
      else controller.abort(lost("another process took this run over"));
    } catch (error) {
      log.warn({ event: "lease.heartbeat_failed", err: error }, "could not prolong the lease");
      if (Date.now() >= heldUntil)
        controller.abort(lost("the ledger could not be reached to prolong the lease"));
    }
  };
  const timer = setInterval(
    () => {
      beating = beating.then(beat);
    },
    (leaseSeconds * 1000) / 3,
  );

  return {
    signal: controller.signal,
    release: async () => {
      clearInterval(timer);
      await beating;
    },
  };
}

function lost(message: string): JobError {
  return new JobError("lease_lost", message, { permanent: false });
}
