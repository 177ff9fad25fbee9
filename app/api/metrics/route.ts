import { appContext } from "@/lib/platform/context";
import { metricsEnv } from "@/lib/platform/env";
import { requireMetricsReader } from "@/lib/platform/metrics-access";
import { route } from "@/lib/platform/route";
import { exposition } from "./exposition";

/** For Prometheus: every job from the ledger, and the trending metrics under the names of seed 001. */
export const GET = route(async (request) => {
  requireMetricsReader(request);
  const found = await exposition(appContext("page"), { histogram: metricsEnv().METRICS_EMIT_HISTOGRAM });
  return new Response(await found.metrics(), {
    headers: { "content-type": found.contentType, "cache-control": "no-store" },
  });
});
