import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { GET } from "@/app/api/openapi.json/route";

interface OpenApi {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      { parameters?: { name: string; required: boolean }[]; responses: object; security?: object[] }
    >
  >;
}
const read = async () => (await GET().json()) as OpenApi;

test("the API document describes every cron route there is", async () => {
  const { openapi, paths } = await read();
  expect(openapi).toBe("3.1.0");
  const described = Object.keys(paths).filter((path) => path.startsWith("/api/cron/"));
  expect(described.toSorted()).toEqual(
    readdirSync("app/api/cron")
      .map((job) => `/api/cron/${job}`)
      .toSorted(),
  );
});

test("the ranking's parameters come from the schema that validates them", async () => {
  const ranking = (await read()).paths["/api/v1/ranking"]?.get;
  expect(ranking?.parameters?.map(({ name, required }) => [name, required])).toEqual([
    ["theme_id", true],
    ["limit", false],
    ["cursor", false],
    ["around", false],
    ["source", false],
  ]);
  expect(Object.keys(ranking?.responses ?? {})).toEqual(["200", "400", "404", "410", "429", "503"]);
});

test("what needs a credential says which", async () => {
  const { paths } = await read();
  expect(paths["/api/v1/internal/ranking/finalize"]?.post?.security).toEqual([{ serviceRole: [] }]);
  expect(paths["/api/cron/sweep"]?.get?.security).toEqual([{ cron: [] }]);
  expect(paths["/api/v1/ranking"]?.get?.security).toBeUndefined();
});
