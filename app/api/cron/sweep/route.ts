import { cronRoute } from "@/lib/engine/cron-route";
import { sweep } from "@/lib/jobs/registry";

export const maxDuration = 300;
export const GET = cronRoute(sweep);
