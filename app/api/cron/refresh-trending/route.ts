import { cronRoute } from "@/lib/engine/cron-route";
import { refreshTrending } from "@/lib/jobs/refresh-trending";

export const maxDuration = 300;
export const GET = cronRoute(refreshTrending);
