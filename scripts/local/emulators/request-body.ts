import { gunzipSync } from "node:zlib";

/** The JSON of a request whose body may be gzipped; undefined when it is not JSON. */
export async function jsonBody(request: Request): Promise<unknown> {
  const bytes = Buffer.from(await request.arrayBuffer());
  const isGzip =
    request.headers.get("content-encoding") === "gzip" || (bytes[0] === 0x1f && bytes[1] === 0x8b);
  try {
    return JSON.parse((isGzip ? gunzipSync(bytes) : bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}
