import { cronRoute } from "@/lib/engine/cron-route";
import { sendNotifications } from "@/lib/jobs/send-notifications";

export const maxDuration = 300;
export const GET = cronRoute(sendNotifications);
