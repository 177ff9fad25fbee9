import type { StackFile } from "../local/stack-env";
import type { SendPipeline } from "./contest-floor";
import { benchRoutes } from "./http";

/** GET /api/v1/ranking, live and final, beside the constant route. */
export async function benchRankingApi(
  file: StackFile,
  finalTheme: string,
  send: SendPipeline,
): Promise<void> {
  await send([
    ["DEL", "rankings:bench-live"],
    ["ZADD", "rankings:bench-live", ...Array.from({ length: 200 }, (_, n) => [n, `work-100-${n}`]).flat()],
  ]);
  await benchRoutes(file.app, [
    { name: "ranking, live, 50 works", path: "/api/v1/ranking?theme_id=bench-live" },
    { name: "ranking, final, 50 works", path: `/api/v1/ranking?theme_id=${finalTheme}` },
    {
      name: "ranking, final, around one",
      path: `/api/v1/ranking?theme_id=${finalTheme}&around=work-100-50&limit=11`,
    },
  ]);
}
