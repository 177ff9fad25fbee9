import { Registry } from "prom-client";
import { addJobMetrics, readJobMetrics } from "@/lib/engine/metrics";
import { refreshTrending } from "@/lib/jobs/refresh-trending";
import { registry as jobs } from "@/lib/jobs/registry";
import type { Context } from "@/lib/platform/context";
import { addTrendingMetrics, readTrendingGauges } from "./trending";

/**
 * Everything Prometheus may ask, as the database holds it now: two calls, and nothing kept in this process, so that
 * every instance answers the same and a restart loses nothing.
 */
export async function exposition(
  ctx: Pick<Context, "db" | "env" | "now">,
  options: { histogram: boolean },
): Promise<Registry> {
  const [found, gauges] = await Promise.all([readJobMetrics(ctx, jobs), readTrendingGauges(ctx.db)]);
  const registry = new Registry();
  addJobMetrics(registry, found);
  const trending = found.find(({ job }) => job === refreshTrending.name);
  if (trending) addTrendingMetrics(registry, trending, gauges, options);
  return registry;
}
