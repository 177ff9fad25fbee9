import { type Command, ReplyError } from "./types";

/** One command from the body of `POST /`; throws a ReplyError saying what is wrong with it. */
export function parseCommandBody(body: string): Command {
  return toCommand(parseJson(body), "the body");
}

/** The commands from the body of `POST /pipeline` and `/multi-exec`; throws a ReplyError naming the bad one. */
export function parsePipelineBody(body: string): Command[] {
  const parsed = parseJson(body);
  if (!Array.isArray(parsed)) {
    throw new ReplyError("ERR failed to parse pipeline: the body must be a JSON array of commands");
  }
  if (parsed.length === 0) throw new ReplyError("ERR empty pipeline request");
  return parsed.map((command: unknown, index) => toCommand(command, `command ${index + 1}`));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ReplyError("ERR failed to parse request: the body is not valid JSON");
  }
}

// Written out, not with zod: it runs for every argument of every command, and is the floor of the benchmarks.
function toCommand(value: unknown, place: string): Command {
  if (!Array.isArray(value)) {
    throw new ReplyError(`ERR failed to parse command: ${place} must be a JSON array such as ["GET","key"]`);
  }
  const [name, ...rest]: unknown[] = value;
  if (typeof name !== "string" || name === "") {
    throw new ReplyError(`ERR empty command: ${place} must start with the name of a command`);
  }
  const command: [string, ...string[]] = [name];
  for (const argument of rest) command.push(toArgument(argument, place));
  return command;
}

function toArgument(value: unknown, place: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new ReplyError(
    `ERR failed to parse command: ${place} has an argument that is not a string, number or boolean`,
  );
}
