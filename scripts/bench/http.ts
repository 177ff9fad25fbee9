import autocannon from "autocannon";

const CONNECTIONS = 20;
const SECONDS = 8;

/** One route to be asked over and over. */
export interface RouteCase {
  name: string;
  path: string;
  headers?: Record<string, string>;
}

/** Each route beside the constant route: same server, same load, one after the other. Throws when an answer is no 2xx. */
export async function benchRoutes(app: string, routes: RouteCase[]): Promise<void> {
  console.log(`\nGET over HTTP, ${CONNECTIONS} connections, ${SECONDS} s each, one app process\n`);
  console.log("                            │ requests/s │ of constant │   p50 │    p99");
  let constant = 0;
  for (const { name, path, headers } of [{ name: "constant route", path: "/api/ping" }, ...routes]) {
    const load = (duration: number) =>
      autocannon({ url: app + path, connections: CONNECTIONS, duration, ...(headers ? { headers } : {}) });
    await load(2);
    const result = await load(SECONDS);
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
