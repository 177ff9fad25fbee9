import { readEmailReport, recordEmailReport } from "@/lib/notify/reports";
import { readText } from "@/lib/platform/body";
import { appContext } from "@/lib/platform/context";
import { resendEnv } from "@/lib/platform/env";
import { Problem } from "@/lib/platform/problem";
import { route } from "@/lib/platform/route";

/** A report on one e-mail takes a few kB. */
const MAX_BYTES = 256 * 1024;

/** What Resend tells of e-mails later: a bounce or a complaint turns the address off. */
export const POST = route(async (request) => {
  const secret = resendEnv().RESEND_WEBHOOK_SECRET;
  if (!secret) throw new Problem(503, "not_configured", "RESEND_WEBHOOK_SECRET is not set.");
  const header = (name: string) => request.headers.get(name) ?? "";
  const body = await readText(request, MAX_BYTES);
  let report: ReturnType<typeof readEmailReport>;
  try {
    report = readEmailReport(
      body,
      { id: header("svix-id"), timestamp: header("svix-timestamp"), signature: header("svix-signature") },
      secret,
    );
  } catch {
    throw new Problem(401, "invalid_signature", "The body was not signed with this endpoint's secret.");
  }
  const recorded = report !== null && (await recordEmailReport(appContext("page").db, report));
  return Response.json({ recorded });
});
