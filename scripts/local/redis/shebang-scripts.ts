import { createHash } from "node:crypto";
import type { Command, Reply } from "./types";

/**
 * Lets scripts that start with `#!lua flags=…` run on a Redis that refuses that line or its flags: `@upstash/ratelimit`
 * sends such scripts, with a flag only Upstash knows. The line is taken off, and the script's own sha1 stays good.
 */
export class ShebangScripts {
  readonly #strippedByOriginal = new Map<string, string>();
  readonly #originalByStripped = new Map<string, string>();

  /** The command to send instead, with its script stripped or its sha1 replaced; most commands as they are. */
  rewrite(command: Command): Command {
    const [name, first = "", second = "", ...rest] = command;
    switch (name.toUpperCase()) {
      case "EVAL":
      case "EVAL_RO":
        return isShebang(first) ? [name, this.#strip(first), ...command.slice(2)] : command;
      case "EVALSHA":
      case "EVALSHA_RO":
        return [name, this.#resolve(first), ...command.slice(2)];
      case "SCRIPT":
        if (isLoad(first) && isShebang(second)) return [name, first, this.#strip(second)];
        if (first.toUpperCase() !== "EXISTS") return command;
        return [name, first, ...[second, ...rest].map((sha) => this.#resolve(sha))];
      default:
        return command;
    }
  }

  /** The reply to hand back for a rewritten command: SCRIPT LOAD answers the sha1 of the script as it was sent. */
  restore(sent: Command, reply: Reply): Reply {
    if (typeof reply !== "string" || sent[0].toUpperCase() !== "SCRIPT" || !isLoad(sent[1] ?? ""))
      return reply;
    return this.#originalByStripped.get(reply) ?? reply;
  }

  #strip(script: string): string {
    // The line's end stays, so that line numbers in errors are those of the script as written.
    const end = script.indexOf("\n");
    const stripped = end === -1 ? "" : script.slice(end);
    this.#strippedByOriginal.set(sha1(script), sha1(stripped));
    this.#originalByStripped.set(sha1(stripped), sha1(script));
    return stripped;
  }

  #resolve(sha: string): string {
    return this.#strippedByOriginal.get(sha.toLowerCase()) ?? sha;
  }
}

/** The sha1 that names a script, in lower-case hexadecimal. */
export function sha1(script: string | Uint8Array): string {
  return createHash("sha1").update(script).digest("hex");
}

function isShebang(script: string): boolean {
  return script.startsWith("#!lua");
}

function isLoad(subcommand: string): boolean {
  return subcommand.toUpperCase() === "LOAD";
}
