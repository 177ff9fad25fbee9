import { createPrivateKey } from "node:crypto";
import { gaxios, JWT } from "google-auth-library";
import { z } from "zod";
import { reasonOf } from "@/lib/platform/failure";
import { ReadingFailure } from "./failures";
import { retryAfterMs, unanswered } from "./http";
import { SourceUnavailableError } from "./source";

const SCOPE = "https://www.googleapis.com/auth/webmasters.readonly";
const TIMEOUT_MS = 15_000;

export interface ServiceAccount {
  /** The address a property's owner has to add as a user. */
  email: string;
  /**
   * An access token, kept until shortly before it expires.
   * @throws ReadingFailure in passing; SourceUnavailableError `unauthorized` when Google refuses the key
   */
  accessToken: () => Promise<string>;
}

const keyFile = z.object({
  client_email: z.email(),
  private_key: z.string().refine(isPrivateKey),
  private_key_id: z.string().optional(),
});

/**
 * A service account from the JSON of its key file, or that in base64. google-auth-library asks Google's token
 * endpoint, whose address is written into it; where another is set, its requests are sent there instead.
 * @throws SourceUnavailableError `invalid_credentials`; says nothing of what the setting holds
 */
export function openServiceAccount(key: string, tokenUrl: string, signal: AbortSignal): ServiceAccount {
  const parsed = keyFile.safeParse(jsonOf(key));
  if (!parsed.success) {
    throw new SourceUnavailableError(
      "invalid_credentials",
      "GOOGLE_SERVICE_ACCOUNT_JSON is not the JSON (or its base64) of a service account's key.",
      { permanent: true },
    );
  }
  const { client_email: email, private_key, private_key_id } = parsed.data;
  const client = new JWT({
    email,
    key: private_key,
    ...(private_key_id === undefined ? {} : { keyId: private_key_id }),
    scopes: [SCOPE],
    transporterOptions: {
      fetchImplementation: (_input, init) =>
        fetch(tokenUrl, {
          ...init,
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        }),
      retryConfig: { retry: 0 },
    },
  });
  return {
    email,
    accessToken: async () => {
      try {
        const { token } = await client.getAccessToken();
        if (token) return token;
      } catch (error) {
        signal.throwIfAborted();
        throw problemOf(error, email, new URL(tokenUrl).host);
      }
      throw new ReadingFailure("unexpected_reply", "Google's token endpoint sent no token", {
        permanent: false,
      });
    },
  };
}

/** OAuth says `{error, error_description}` (RFC 6749, 5.2): `invalid_grant` for a deleted key or a wrong clock. */
const oauthError = z.object({ error: z.string(), error_description: z.string().optional() });

function problemOf(error: unknown, email: string, host: string) {
  const response = error instanceof gaxios.GaxiosError ? error.response : undefined;
  if (!response) return unanswered(host, error, reasonOf(error).includes("timeout") ? TIMEOUT_MS : null);
  const said = oauthError.safeParse(response.data).data;
  const reason = [said?.error, said?.error_description].filter(Boolean).join(": ") || "no reason given";
  const message = `Google's token endpoint answered ${response.status} for ${email}: ${reason}`;
  if (response.status === 429) {
    const wait = retryAfterMs(response.headers);
    return new ReadingFailure("rate_limited", message, { permanent: false, retryAfterMs: wait });
  }
  if (response.status >= 500) return new ReadingFailure("provider_error", message, { permanent: false });
  return new SourceUnavailableError("unauthorized", message, { permanent: true });
}

function jsonOf(text: string): unknown {
  const json = text.trim().startsWith("{") ? text : Buffer.from(text, "base64").toString("utf8");
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false;
  }
}
