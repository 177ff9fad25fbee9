import { once } from "node:events";
import { createServer } from "node:http";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";

/** A signing key of Supabase Auth: its published half, and tokens it signs. */
export interface SigningKey {
  kid: string;
  published: JWK;
  sign: (claims: Record<string, unknown>, header?: Record<string, unknown>) => Promise<string>;
}

/** An Auth that publishes keys at `<url>/auth/v1/.well-known/jwks.json` and does nothing else. */
export interface KeyServer {
  url: string;
  /** What it answers with, until told otherwise: published keys, another status, a text, or silence. */
  publish: (answer: JWK[] | number | string | "silence") => void;
  asked: () => number;
  close: () => Promise<void>;
}

export async function makeSigningKey(kid: string, alg: "ES256" | "RS256" = "ES256"): Promise<SigningKey> {
  const pair: { privateKey: CryptoKey; publicKey: CryptoKey } = await generateKeyPair(alg);
  return {
    kid,
    published: { ...(await exportJWK(pair.publicKey)), kid, alg, use: "sig", key_ops: ["verify"] },
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid, typ: "JWT", ...header }).sign(pair.privateKey),
  };
}

/** Starts one on a free port. */
export async function startKeyServer(): Promise<KeyServer> {
  let answer: JWK[] | number | string = [];
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url !== "/auth/v1/.well-known/jwks.json") return void response.writeHead(404).end();
    asked += 1;
    if (answer === "silence") return;
    if (typeof answer === "number") return void response.writeHead(answer).end("{}");
    const body = typeof answer === "string" ? answer : JSON.stringify({ keys: answer });
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("it listens on no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    publish: (next) => {
      answer = next;
    },
    asked: () => asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
