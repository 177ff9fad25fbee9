import { setTimeout as sleep } from "node:timers/promises";
import { type Arguments, postingOf } from "./slack-posting";
import type { PostedMessage, Workspace } from "./slack-workspace";

/** How the workspace is to behave until told otherwise. */
export type SlackDemands = {
  /** What every call answers, or null. */
  tokenError: string | null;
  /** What a channel, by id, answers. */
  channelErrors: Map<string, string>;
  /** How long a channel takes no second message; 0 is no limit. */
  perChannelMs: number;
  latencyMs: number;
};

/** A method of the Web API. */
export type Method = (args: Arguments) => Response | Promise<Response>;

const BOT = { user_id: "U0BANZUKE", bot_id: "B0BANZUKE" };

/** The methods that Banzuke and its tests call, by name. */
export function createMethods(workspace: Workspace, demands: SlackDemands): Record<string, Method> {
  const lastPostedAt = new Map<string, number>();

  const post = async (args: Arguments): Promise<Response> => {
    const posting = postingOf(args);
    if (typeof posting === "string") return refused(posting);
    const channelId = workspace.channelId(posting.channel);
    if (!channelId) return refused("channel_not_found");
    const error = demands.channelErrors.get(channelId);
    if (error) return refused(error);
    const waitMs = (lastPostedAt.get(channelId) ?? 0) + demands.perChannelMs - Date.now();
    if (demands.perChannelMs > 0 && waitMs > 0) return tooSoon(waitMs);
    lastPostedAt.set(channelId, Date.now());
    if (demands.latencyMs > 0) await sleep(demands.latencyMs);
    const message = workspace.post(posting, channelId);
    return ok({ channel: channelId, ts: message.ts, message: shown(message, true) });
  };

  const history = (args: Arguments): Response => {
    const channelId = workspace.channelId(String(args.channel));
    if (!channelId) return refused("channel_not_found");
    const error = demands.channelErrors.get(channelId);
    // What was said in an archived channel can still be read.
    if (error && error !== "is_archived") return refused(error);
    const { page, nextCursor } = workspace.history(channelId, {
      oldest: Number(args.oldest ?? 0),
      latest: Number(args.latest ?? Number.POSITIVE_INFINITY),
      inclusive: isTrue(args.inclusive),
      limit: Math.min(Number(args.limit ?? 100), 999),
      cursor: String(args.cursor ?? ""),
    });
    const messages = page.map((message) => shown(message, isTrue(args.include_all_metadata)));
    return ok({ messages, has_more: nextCursor !== "", response_metadata: { next_cursor: nextCursor } });
  };

  return {
    "auth.test": () => ok({ team: "Banzuke", team_id: "T0BANZUKE", user: "banzuke", ...BOT }),
    "chat.postMessage": post,
    "conversations.history": history,
    "conversations.list": () =>
      ok({ channels: workspace.channels(), response_metadata: { next_cursor: "" } }),
  };
}

/** Slack's way to say no, with status 200. */
export function refused(error: string): Response {
  return Response.json({ ok: false, error });
}

function ok(body: object): Response {
  return Response.json({ ok: true, ...body });
}

function tooSoon(waitMs: number): Response {
  const headers = { "retry-after": String(Math.ceil(waitMs / 1_000)) };
  return Response.json({ ok: false, error: "ratelimited" }, { status: 429, headers });
}

function shown({ text, blocks, metadata, ts }: PostedMessage, withMetadata: boolean): object {
  return {
    type: "message",
    user: BOT.user_id,
    bot_id: BOT.bot_id,
    text,
    ts,
    ...(blocks.length > 0 && { blocks }),
    ...(withMetadata && metadata && { metadata }),
  };
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true" || value === "1";
}
