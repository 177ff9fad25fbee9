import { z } from "zod";
import { finalizeBody, rankingQuery, rankingResponse } from "@/lib/contest/api";
import { healthResponse, runResponse } from "@/lib/engine/api";
import { registry } from "@/lib/jobs/registry";
import { unsubscribeQuery, unsubscribeResponse } from "@/lib/notify/api";
import { type Operation, openApiDocument } from "@/lib/platform/openapi";
import {
  followingQuery,
  followingResponse,
  postsQuery,
  postsResponse,
  topicsQuery,
  topicsResponse,
} from "@/lib/trending/api";

export const dynamic = "force-static";

const dryRunResponse = z.object({
  dry_run: z.literal(true),
  themes: z.array(z.record(z.string(), z.unknown())),
});

const cronOperations = registry.map(
  (job): Operation => ({
    path: `/api/cron/${job.name}`,
    method: "get",
    summary: `Runs ${job.name} once for the occurrence that is due; any parameter makes it a run of its own.`,
    auth: "cron",
    query: job.input,
    response: runResponse,
    problems: {
      500: "The run failed; `code` and `detail` say why.",
      503: "The ledger could not be reached.",
    },
  }),
);

/** The API as a document, from the schemas that validate it. */
export function GET(): Response {
  return Response.json(
    openApiDocument([
      {
        path: "/api/v1/ranking",
        method: "get",
        summary: "The ranking of a theme: live until it is closed, then the snapshot that stands.",
        auth: "public",
        query: rankingQuery,
        response: rankingResponse,
        problems: {
          404: "No such theme, no ranking yet, or a work that is not ranked.",
          410: "The cursor belongs to a ranking that has been replaced.",
          503: "Neither source can be reached.",
        },
      },
      {
        path: "/api/v1/trending/topics",
        method: "get",
        summary:
          "Topics by score, with what the score is made of: from metrics, counted live when these are stale.",
        auth: "public",
        query: topicsQuery,
        response: topicsResponse,
        problems: {
          404: "The window is not configured.",
          503: "Nothing to answer from; see Retry-After.",
        },
      },
      {
        path: "/api/v1/trending/posts",
        method: "get",
        summary: "The newest posts of the first topics.",
        auth: "public",
        query: postsQuery,
        response: postsResponse,
        problems: {
          404: "The window is not configured.",
          503: "Nothing to answer from; see Retry-After.",
        },
      },
      {
        path: "/api/v1/following",
        method: "get",
        summary: "The newest posts of the people and in the topics that a user follows.",
        auth: "user",
        query: followingQuery,
        response: followingResponse,
        problems: { 403: "Another user's feed.", 503: "The database cannot be reached." },
      },
      {
        path: "/api/v1/notifications/unsubscribe",
        method: "post",
        summary: "One click in a mailbox (RFC 8058): turns e-mail off for the user whose signed link it is.",
        auth: "public",
        query: unsubscribeQuery,
        response: unsubscribeResponse,
        problems: { 401: "The link is altered, or older than 400 days." },
      },
      {
        path: "/api/v1/internal/ranking/finalize",
        method: "post",
        summary: "Finalizes a theme or a day; `dry_run` shows the difference and writes nothing.",
        auth: "serviceRole",
        body: finalizeBody,
        response: z.union([dryRunResponse, runResponse]),
        problems: {
          403: "A valid token of another role.",
          404: "No such theme.",
          409: "The theme is still open, or differs from its snapshot; `force` overrides.",
          503: "Redis or the ledger cannot be reached.",
        },
      },
      {
        path: "/api/health",
        method: "get",
        summary: "Every job's last success and whether it is late.",
        auth: "public",
        response: healthResponse,
        problems: { 503: "A job is late (the body is then as for 200), or the database cannot be reached." },
      },
      ...cronOperations,
    ]),
  );
}
