import { parseArgs } from "node:util";
import { z } from "zod";
import type { AnyJob } from "@/lib/engine/define-job";
import { findJob, registry } from "@/lib/jobs/registry";

/** Flags that every job has; no field of a job's input may be called like one of them. */
export const COMMON_FLAGS = {
  env: { type: "string", default: "dev" },
  input: { type: "string", default: "{}" },
  "dry-run": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** What somebody typed. `input` is not validated yet: a schema may ask for settings that `env` chooses. */
export type Call =
  | { kind: "help"; job: AnyJob | undefined }
  | { kind: "wrong"; message: string; job: AnyJob | undefined }
  | { kind: "run"; job: AnyJob; env: "dev" | "prod"; dryRun: boolean; json: unknown; flags: Flags };

/** Values by the name of the field. */
type Flags = Record<string, string | boolean>;

/** Reads a command line. Every field of the job's input is a flag of its own, beside `--input` with JSON. */
export function readCall(argv: string[]): Call {
  const name = nameOf(argv);
  const job = name === undefined ? undefined : findJob(name);
  const wrong = (message: string): Call => ({ kind: "wrong", message, job });
  const fields = job ? flagsOf(job) : [];
  const options = Object.fromEntries(fields.map(({ flag, isSwitch }) => [flag, typeOf(isSwitch)]));
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv, job ? options : {});
  } catch (error) {
    return wrong((error as Error).message.split(". ")[0] ?? "");
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help", job };
  if (name === undefined) return wrong("which job?");
  if (!job) return wrong(`there is no job called ${name}`);
  if (positionals.length > 1) return wrong(`unexpected: ${positionals.filter((p) => p !== name).join(" ")}`);
  if (values.env !== "dev" && values.env !== "prod") return wrong("--env is dev or prod");
  let json: unknown;
  try {
    json = JSON.parse(values.input);
  } catch {
    return wrong("--input is not valid JSON");
  }
  const given = values as Record<string, string | boolean | undefined>;
  const flags: Flags = {};
  for (const { flag, field } of fields) {
    const value = given[flag];
    if (value !== undefined) flags[field] = value;
  }
  return { kind: "run", job, env: values.env, dryRun: values["dry-run"], json, flags };
}

/** The input that JSON and flags make together (flags win), or what is wrong with it, naming the flag. */
export function readInput(
  job: AnyJob,
  json: unknown,
  flags: Flags,
): { input: unknown } | { message: string } {
  const parsed = job.input.safeParse(isRecord(json) ? { ...json, ...flags } : json);
  if (parsed.success) return { input: parsed.data };
  const inJson = (field: unknown) => isRecord(json) && String(field) in json && !(String(field) in flags);
  const nameOfPath = ([field, ...rest]: PropertyKey[]) => {
    if (field === undefined) return "--input";
    return rest.length > 0 || inJson(field)
      ? `--input ${[field, ...rest].join(".")}`
      : `--${kebab(String(field))}`;
  };
  const wrong = new Map<string, string>();
  for (const { path, message } of parsed.error.issues) {
    const name = nameOfPath(path);
    if (!wrong.has(name)) wrong.set(name, message);
  }
  return { message: [...wrong].map(([name, message]) => `${name}: ${message}`).join("; ") };
}

/** How the command is used; with a job, which flags it takes. */
export function usage(job?: AnyJob): string {
  const own = job && flagsOf(job);
  const lines = [
    `usage: npm run job -- ${job?.name ?? "<name>"} [--env dev|prod] [--input '{"json": true}'] [--dry-run]${own?.length ? " [flags]" : ""}`,
    ...(job
      ? [own?.length ? "flags:" : "flags: none of its own", ...flagLines(own ?? [])]
      : [
          `jobs:  ${registry.map(({ name }) => name).join(", ")}`,
          "flags: npm run job -- <name> --help lists those of a job",
        ]),
    "exit:  0 succeeded or nothing to do · 1 failed · 2 bad arguments or configuration",
  ];
  return lines.join("\n");
}

interface Flag {
  flag: string;
  field: string;
  /** Takes no value: naming it means true. */
  isSwitch: boolean;
  description: string;
}

/** The flags of a job: one for each field of its input. */
export function flagsOf(job: AnyJob): Flag[] {
  if (!(job.input instanceof z.ZodObject)) return [];
  return Object.entries(job.input.shape as Record<string, z.ZodType>).map(([field, schema]) => ({
    flag: kebab(field),
    field,
    isSwitch: schema.safeParse(true).data === true,
    description: schema.description ?? "",
  }));
}

function flagLines(flags: Flag[]): string[] {
  const named = flags.map(({ flag, isSwitch, description }) => ({
    name: `  --${flag}${isSwitch ? "" : " <value>"}`,
    description,
  }));
  const width = Math.max(...named.map(({ name }) => name.length));
  return named.map(({ name, description }) => `${name.padEnd(width)}  ${description}`.trimEnd());
}

/** The job's name may stand behind flags whose kind only the job knows: the first word that names a job is it. */
function nameOf(argv: string[]): string | undefined {
  const { positionals } = parseArgs({
    args: argv,
    options: COMMON_FLAGS,
    allowPositionals: true,
    strict: false,
  });
  return positionals.find((word) => findJob(word)) ?? positionals[0];
}

function parse(argv: string[], own: Record<string, { type: "string" | "boolean" }>) {
  return parseArgs({ args: argv, allowPositionals: true, options: { ...own, ...COMMON_FLAGS } });
}

const typeOf = (isSwitch: boolean) => ({ type: isSwitch ? ("boolean" as const) : ("string" as const) });
const kebab = (field: string) => field.replaceAll("_", "-");

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
