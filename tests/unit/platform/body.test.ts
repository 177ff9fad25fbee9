import { afterEach, describe, expect, test, vi } from "vitest";
import { readBody, readJson, readText } from "@/lib/platform/body";

afterEach(() => {
  vi.useRealTimers();
});

/** A request whose body comes in chunks, with how many were taken from it. */
function streamed(chunks: Iterable<string>, headers: Record<string, string> = {}) {
  const source = chunks[Symbol.iterator]();
  const taken = { chunks: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const { done, value } = source.next();
        if (done) return controller.close();
        taken.chunks += 1;
        controller.enqueue(new TextEncoder().encode(value));
      },
    },
    { highWaterMark: 0 },
  );
  const init = { method: "POST", body, headers, duplex: "half" } as RequestInit;
  return { request: new Request("http://app.test/", init), taken };
}

function* endless() {
  for (;;) yield "x".repeat(1024);
}

const post = (body: BodyInit, type = "application/json") =>
  new Request("http://app.test/", { method: "POST", body, headers: { "content-type": type } });

describe("a request body", () => {
  test("is not read at all when it says that it is too long", async () => {
    const { request, taken } = streamed(endless(), { "content-length": "10000000000" });
    await expect(readBody(request, 4096)).rejects.toMatchObject({ status: 413, code: "body_too_large" });
    expect(taken.chunks).toBe(0);
  });

  test.each([undefined, "10"])("is left where it turns out too long, having said %s", async (length) => {
    const { request, taken } = streamed(endless(), length ? { "content-length": length } : {});
    await expect(readBody(request, 4096)).rejects.toMatchObject({ status: 413 });
    expect(taken.chunks).toBe(5);
  });

  test("may have as many bytes as are allowed, counted as bytes", async () => {
    expect(await readText(post("あ".repeat(4)), 12)).toBe("ああああ");
    await expect(readText(post("あ".repeat(4)), 11)).rejects.toMatchObject({ status: 413 });
    expect(await readText(streamed(["一", "二", ""]).request, 6)).toBe("一二");
    expect(await readText(new Request("http://app.test/", { method: "POST" }), 6)).toBe("");
  });

  test("is not waited for when it does not arrive", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) });
    const request = new Request("http://app.test/", { method: "POST", body, duplex: "half" } as RequestInit);
    const refused = expect(readBody(request, 10)).rejects.toMatchObject({
      status: 408,
      code: "body_too_slow",
    });
    await vi.advanceTimersByTimeAsync(10_000);
    await refused;
  });

  test("that breaks off is the caller's failure", async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("aborted")) });
    const request = new Request("http://app.test/", { method: "POST", body, duplex: "half" } as RequestInit);
    await expect(readBody(request, 10)).rejects.toMatchObject({ status: 400, code: "body_incomplete" });
  });
});

describe("a JSON body", () => {
  test.each([
    "text/plain",
    "",
    "application/x-www-form-urlencoded",
    "application/jsonp",
    "application/json-patch+json",
  ])("of type %j is a 415", async (type) => {
    await expect(readJson(post("{}", type))).rejects.toMatchObject({ status: 415 });
  });

  test.each<[string, BodyInit]>([
    ["is cut short", "{"],
    ["is empty", ""],
    ["is no UTF-8", new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
    ["is compressed", new Uint8Array([0x1f, 0x8b, 8, 0])],
  ])("that %s is a 400", async (_, body) => {
    await expect(readJson(post(body))).rejects.toMatchObject({
      status: 400,
      extra: { errors: [{ field: "body" }] },
    });
  });

  test("may say its charset, and has 64 kB at most", async () => {
    expect(await readJson(post('{"a":1}', "application/json; charset=utf-8"))).toEqual({ a: 1 });
    expect(await readJson(post('{"a":1}', "Application/JSON;charset=utf-8"))).toEqual({ a: 1 });
    await expect(readJson(post(`"${"x".repeat(65_536)}"`))).rejects.toMatchObject({ status: 413 });
  });
});
