import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readPlaywrightReport, readVitestReport, type Tally } from "./test-reports";

const NODE_NEEDED = 24;

/** A suite writes its JSON report to `report`; a step without one only has to succeed. */
interface Step {
  name: string;
  command: (report: string) => string[];
  env?: (report: string) => Record<string, string>;
  read?: (report: string) => Tally;
}

const vitest = (...projects: string[]) => ({
  command: (report: string) => [
    "vitest",
    "run",
    ...projects.flatMap((project) => ["--project", project]),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ],
  read: readVitestReport,
});
const unit: Step = { name: "unit", ...vitest("unit") };
const stack: Step = { name: "stack", ...vitest("stack") };
const build: Step = { name: "build", command: () => ["next", "build"] };
const faults: Step = { name: "faults", ...vitest("faults") };
const e2e: Step = {
  name: "e2e",
  command: () => ["playwright", "test", "--reporter=list,json"],
  env: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: report }),
  read: readPlaywrightReport,
};

const PLANS: Record<string, Step[]> = {
  all: [{ ...unit, name: "unit and stack", ...vitest("unit", "stack") }, build, faults, e2e],
  unit: [unit],
  stack: [stack],
  faults: [build, faults],
  e2e: [build, e2e],
};

/** Everything the README promises of `npm test`; `npm test -- unit|stack|faults|e2e` runs one suite. */
async function main([plan = "all", ...rest]: string[]): Promise<number> {
  const steps = PLANS[plan];
  if (!steps || rest.length > 0) {
    console.error("usage: npm test [-- unit|stack|faults|e2e]");
    return 2;
  }
  const reports = mkdtempSync(join(tmpdir(), "banzuke-reports-"));
  process.once("exit", () => rmSync(reports, { recursive: true, force: true }));
  const total: Tally = { passed: 0, failed: 0 };
  const times: string[] = [];
  let red: string | null = null;
  for (const [index, step] of steps.entries()) {
    const startedAt = performance.now();
    console.log(`\n— ${step.name} —`);
    const report = join(reports, `${index}.json`);
    const code = await run(step.command(report), step.env?.(report) ?? {});
    times.push(`${step.name} ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    const { tally, problem } = judge(step, code, report);
    total.passed += tally.passed;
    total.failed += tally.failed;
    if (problem === null) continue;
    red = `${step.name} is red: ${problem}.${index < steps.length - 1 ? " What comes after it was not run." : ""}`;
    break;
  }
  console.log(`\n${times.join(" · ")}`);
  if (red) console.log(red);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return red === null ? 0 : 1;
}

/** What a step achieved, and why it is not good, or null. A suite that ran nothing has not passed. */
function judge(step: Step, code: number, report: string): { tally: Tally; problem: string | null } {
  let tally: Tally = { passed: 0, failed: 0 };
  if (step.read) {
    try {
      tally = step.read(report);
    } catch {
      return { tally: { passed: 0, failed: 1 }, problem: "it ended without a report" };
    }
  }
  if (tally.failed > 0) return { tally, problem: `${tally.failed} failed` };
  // A hook, a setup or a build fails without a single test that does: it must still count as one.
  if (code !== 0) return { tally: { ...tally, failed: 1 }, problem: `it exited with code ${code}` };
  if (step.read && tally.passed === 0) return { tally, problem: "it ran no test" };
  return { tally, problem: null };
}

let running: ChildProcess | undefined;

/** Runs a program of node_modules/.bin to its end; a stopped run stops it too. Answers its exit code. */
async function run([program = "", ...args]: string[], env: Record<string, string>): Promise<number> {
  const bin = fileURLToPath(new URL(`../node_modules/.bin/${program}`, import.meta.url));
  running = spawn(bin, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
  });
  const [code] = await once(running, "exit");
  running = undefined;
  return code ?? 1;
}

if (Number.parseInt(process.versions.node, 10) < NODE_NEEDED) {
  console.error(
    `The tests need Node ${NODE_NEEDED} or newer, and this is ${process.version}: start them with npm test, which uses the Node that npm install brought. If it did not, "npm rebuild node" does.`,
  );
  process.exit(1);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    running?.kill(signal);
    process.exitCode = 1;
  });
}
process.exitCode = await main(process.argv.slice(2));
