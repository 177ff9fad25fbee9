import { createEmulator, defineEmulator } from "emulate";
import { z } from "zod";
import { control } from "./control";
import type { Provider } from "./front";
import { withDetails } from "./request-log";
import { createMethods, refused, type SlackDemands } from "./slack-methods";
import { messagesPage } from "./slack-page";
import { argumentsOf } from "./slack-posting";
import { Workspace } from "./slack-workspace";

const ChannelOrder = z.strictObject({ channel: z.string(), error: z.string().nullable() });
const TokenOrder = z.strictObject({ error: z.string().nullable() });
const LimitOrder = z.strictObject({ perChannelSeconds: z.number().min(0).default(0) });
const LatencyOrder = z.strictObject({ ms: z.int().min(0) });
const Answered = z.object({ error: z.string().nullable().default(null) });

/**
 * Slack with the channel #ops and a bot that may post anywhere with the token; `/` shows the messages. Our own and
 * not emulate's, which knows only channels that were made before.
 */
export async function createSlack(botToken: string): Promise<Provider> {
  const workspace = new Workspace();
  const demands: SlackDemands = { tokenError: null, channelErrors: new Map(), perChannelMs: 0, latencyMs: 0 };
  let methods = createMethods(workspace, demands);

  const call = async (request: Request, name: string): Promise<Response> => {
    const args = await argumentsOf(request);
    const token = request.headers.get("authorization")?.replace(/^Bearer /i, "") ?? args.token;
    const denied = demands.tokenError ?? authErrorOf(token, botToken);
    const response = denied ? refused(denied) : await (methods[name]?.(args) ?? refused("unknown_method"));
    const { error } = Answered.parse(await response.clone().json());
    return withDetails(response, { channel: args.channel ?? null, error });
  };
  const emulator = await createEmulator({
    service: defineEmulator({
      name: "slack",
      state: () => ({}),
      setup({ app }) {
        app.post("/api/:method", (c) => call(c.req.raw, c.req.param("method")));
        app.get("/api/:method", (c) => call(c.req.raw, c.req.param("method")));
        app.get("/", () => messagesPage(workspace.messages));
      },
    }),
    listen: false,
    inspector: false,
  });

  return {
    fetch: (request) => emulator.fetch(request),
    reset: () => {
      workspace.clear();
      demands.channelErrors.clear();
      Object.assign(demands, { tokenError: null, perChannelMs: 0, latencyMs: 0 });
      methods = createMethods(workspace, demands);
    },
    close: () => emulator.close(),
    received: () => ({ messages: workspace.messages }),
    log: {
      isCounted: (_, path) => path.startsWith("/api/"),
      unprocessed: { channel: null, error: null },
    },
    controls: {
      channel: control(ChannelOrder, ({ channel, error }) => {
        const id = workspace.channelId(channel) ?? channel;
        if (error) demands.channelErrors.set(id, error);
        else demands.channelErrors.delete(id);
      }),
      token: control(TokenOrder, ({ error }) => {
        demands.tokenError = error;
      }),
      limit: control(LimitOrder, ({ perChannelSeconds }) => {
        demands.perChannelMs = perChannelSeconds * 1_000;
      }),
      latency: control(LatencyOrder, ({ ms }) => {
        demands.latencyMs = ms;
      }),
    },
  };
}

function authErrorOf(token: unknown, botToken: string): string | null {
  if (token === undefined) return "not_authed";
  return token === botToken ? null : "invalid_auth";
}
