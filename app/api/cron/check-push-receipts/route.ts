import { cronRoute } from "@/lib/engine/cron-route";
import { checkPushReceipts } from "@/lib/jobs/check-push-receipts";

export const maxDuration = 300;
export const GET = cronRoute(checkPushReceipts);
