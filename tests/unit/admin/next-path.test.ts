import { expect, test } from "vitest";
import { safeNextPath } from "@/lib/admin/next-path";

test.each([
  ["/admin", "/admin"],
  ["/admin/runs?job=sweep#top", "/admin/runs?job=sweep#top"],
  ["/admin/contest/%E5%A4%9C", "/admin/contest/%E5%A4%9C"],
])("goes on to a path of this site: %s", (next, path) => {
  expect(safeNextPath(next)).toBe(path);
});

test.each([
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "/admin/..//evil.example",
  "javascript:alert(1)",
  "admin",
  "",
  null,
  undefined,
  `/${"a".repeat(3_000)}`,
])("goes to the admin instead of %j", (next) => {
  expect(safeNextPath(next)).toBe("/admin");
});
