import { expect } from "vitest";
import type { Answer, TestStack } from "./stack";
import { stored, untouched } from "./stack-contest";

const FINALIZE = "/api/v1/internal/ranking/finalize";

/** `POST /api/v1/internal/ranking/finalize` with a body that is text or becomes JSON. */
export function postFinalize(
  stack: TestStack,
  authorization: string | undefined,
  body: unknown = { theme_id: "t1" },
  type = "application/json",
): Promise<Answer> {
  return stack.ask(FINALIZE, {
    method: "POST",
    headers: { "content-type": type, ...(authorization && { authorization }) },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** Nothing behind the app was asked since the proxies forgot, no run stands in the ledger, theme `t1` is untouched. */
export async function expectNothingRun(stack: TestStack): Promise<void> {
  const asked = Object.values(stack.proxies).flatMap((proxy) => proxy.seen());
  expect(asked).toEqual([]);
  expect(await stack.sql("select from job_runs")).toEqual([]);
  expect(await stored(stack, "t1")).toEqual(untouched);
}
