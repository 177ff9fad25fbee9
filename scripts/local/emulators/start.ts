import { createExpo } from "./expo";
import { type Front, type Provider, serveFront } from "./front";
import { createPosthog } from "./posthog";
import { createResend } from "./resend";
import { createS3 } from "./s3";
import { createSearchConsole } from "./search-console";
import { createSerper } from "./serper";
import { createSlack } from "./slack";

/** The outside services this stack stands in for. */
export const PROVIDERS = ["resend", "slack", "s3", "expo", "posthog", "serper", "searchConsole"] as const;
export type ProviderName = (typeof PROVIDERS)[number];

export type EmulatorsOptions = {
  slackBotToken: string;
  /** `whsec_…`: signs what `POST /_emulate/webhook` sends. */
  resendWebhookSecret: string;
  serperApiKey: string;
  /** Fixed ports; free ones for those left out. */
  ports?: Partial<Record<ProviderName, number>>;
};

/** Where each provider answers, on 127.0.0.1. */
export type Emulators = { urls: Record<ProviderName, string>; close(): Promise<void> };

/** Starts every provider the app talks to. Their memory is the process's: nothing is kept on disk. */
export async function startEmulators(options: EmulatorsOptions): Promise<Emulators> {
  const create: Record<ProviderName, () => Promise<Provider>> = {
    resend: () => createResend(options.resendWebhookSecret),
    slack: () => createSlack(options.slackBotToken),
    s3: () => createS3("banzuke"),
    expo: createExpo,
    posthog: createPosthog,
    serper: () => createSerper(options.serperApiKey),
    searchConsole: createSearchConsole,
  };
  const fronts: Partial<Record<ProviderName, Front>> = {};
  for (const name of PROVIDERS) fronts[name] = await serveFront(await create[name](), options.ports?.[name]);
  const urlOf = (name: ProviderName) => fronts[name]?.url ?? "";
  return {
    urls: {
      resend: urlOf("resend"),
      slack: urlOf("slack"),
      s3: urlOf("s3"),
      expo: urlOf("expo"),
      posthog: urlOf("posthog"),
      serper: urlOf("serper"),
      searchConsole: urlOf("searchConsole"),
    },
    close: async () => {
      await Promise.all(Object.values(fronts).map((front) => front.close()));
    },
  };
}
