import autocannon from "autocannon";
import type { StackFile } from "../local/stack-env";
import type { SendPipeline } from "./contest-floor";

const CONNECTIONS = 20;
const SECONDS = 8;

/** GET /api/v1/ranking, live and final, beside the constant route: same server, same load, one after the other. */
export async function benchRankingApi(
  file: StackFile,
  finalTheme: string,
  send: SendPipeline,
): Promise<void> {
  await send([
    ["DEL", "rankings:bench-live"],
    ["ZADD", "rankings:bench-live", ...Array.from({ length: 200 }, (_, n) => [n, `work-100-${n}`]).flat()],
  ]);
  const cases = [
    ["constant route", "/api/ping"],
    ["ranking, live, 50 works", "/api/v1/ranking?theme_id=bench-live"],
    ["ranking, final, 50 works", `/api/v1/ranking?theme_id=${finalTheme}`],
    ["ranking, final, around one", `/api/v1/ranking?theme_id=${finalTheme}&around=work-100-50&limit=11`],
  ] as const;
  console.log(`\nGET over HTTP, ${CONNECTIONS} connections, ${SECONDS} s each, one app process\n`);
  console.log("                            │ requests/s │ of constant │   p50 │    p99");
  let constant = 0;
  for (const [name, path] of cases) {
    await load(file.app + path, 2);
    const result = await load(file.app + path, SECONDS);
    if (result.non2xx > 0 || result.errors > 0)
      throw new Error(`${path}: ${result.non2xx} answers were not 2xx`);
    constant ||= result.requests.average;
    const cells = [
      name.padEnd(27),
      result.requests.average.toFixed(0).padStart(10),
      `${((result.requests.average / constant) * 100).toFixed(0)} %`.padStart(11),
      `${result.latency.p50} ms`.padStart(5),
      `${result.latency.p99} ms`.padStart(6),
    ];
    console.log(cells.join(" │ "));
  }
}

function load(url: string, duration: number) {
  return autocannon({ url, connections: CONNECTIONS, duration });
}
