import { cronRoute } from "@/lib/engine/cron-route";
import { deliverEvents } from "@/lib/jobs/deliver-events";

export const maxDuration = 300;
export const GET = cronRoute(deliverEvents);
