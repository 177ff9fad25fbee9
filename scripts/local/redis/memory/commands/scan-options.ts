import { ReplyError } from "../../types";
import { syntaxError } from "../command-table";
import { globMatcher } from "../glob";
import { integerArg } from "../numbers";

/** What SCAN and its kin were asked for. */
export interface ScanOptions {
  count: number;
  matches: (text: string) => boolean;
  kind: string | undefined;
}

/** A cursor as a number; throws Redis' error when it is none. */
export function parseCursor(text: string): number {
  if (!/^\d{1,20}$/.test(text)) throw new ReplyError("ERR invalid cursor");
  return Number(text);
}

/** The options after the cursor: MATCH, COUNT and, where it is allowed, TYPE. */
export function parseScanOptions(args: readonly string[], takesKind: boolean): ScanOptions {
  const options: ScanOptions = { count: 10, matches: () => true, kind: undefined };
  for (let index = 0; index < args.length; index += 2) {
    const name = (args[index] ?? "").toUpperCase();
    const value = args[index + 1];
    if (value === undefined) throw syntaxError();
    if (name === "MATCH") options.matches = globMatcher(value);
    else if (name === "TYPE" && takesKind) options.kind = value.toLowerCase();
    else if (name === "COUNT") {
      options.count = integerArg(value);
      if (options.count < 1) throw syntaxError();
    } else throw syntaxError();
  }
  return options;
}
