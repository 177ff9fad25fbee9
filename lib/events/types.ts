import type { Context } from "@/lib/platform/context";

/** An event on its way to one sink. `id` is derived from what happened, so a sink can drop repetitions. */
export interface OutboxEvent {
  id: string;
  name: string;
  payload: Record<string, unknown>;
  createdAt: string;
}

export type Delivery =
  | { status: "delivered"; note?: string }
  /** Not done yet; try again after some seconds. */
  | { status: "again"; seconds: number };

/** Where events go: one file each. Throws to be retried; an error with `permanent: true` stops the delivery. */
export interface Sink {
  name: string;
  deliver: (ctx: SinkContext, event: OutboxEvent) => Promise<Delivery>;
}

export interface SinkContext extends Context {
  signal: AbortSignal;
  /** Call it during long deliveries; throws when another worker took the delivery over. */
  keepLease: () => Promise<void>;
}
