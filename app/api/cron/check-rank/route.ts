import { cronRoute } from "@/lib/engine/cron-route";
import { checkRank } from "@/lib/jobs/check-rank";

export const maxDuration = 300;
export const GET = cronRoute(checkRank);
