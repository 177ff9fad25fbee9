import { attempt } from "@/lib/admin/attempt";
import { readOverview } from "@/lib/admin/overview";
import { appContext } from "@/lib/platform/context";
import { Problem } from "@/lib/platform/problem";
import { route } from "@/lib/platform/route";
import { NotAdminError } from "@/lib/platform/session";

/** What the overview polls: 401 for anybody but an operator, 503 while the database is away. */
export const GET = route(async () => {
  try {
    const overview = await attempt(() => readOverview(appContext("page")));
    if (overview.ok) return Response.json(overview.value, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (error instanceof NotAdminError) throw new Problem(401, "signed_out", "Sign in as an operator.");
    throw error;
  }
  throw new Problem(503, "unavailable", "The state of the jobs cannot be read right now.");
});
