import { cronRoute } from "@/lib/engine/cron-route";
import { finalizeRanking } from "@/lib/jobs/finalize-ranking";

export const maxDuration = 300;
export const GET = cronRoute(finalizeRanking);
