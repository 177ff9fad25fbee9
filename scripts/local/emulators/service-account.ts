import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";

/** The JSON of a new key of a Google service account, as Google Cloud hands it out. */
export async function makeServiceAccountKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2_048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return JSON.stringify({
    type: "service_account",
    project_id: "banzuke-local",
    private_key_id: randomBytes(20).toString("hex"),
    private_key: privateKey,
    client_email: "rank-watch@banzuke-local.iam.gserviceaccount.com",
    client_id: "100000000000000000000",
    token_uri: "https://oauth2.googleapis.com/token",
    universe_domain: "googleapis.com",
  });
}
