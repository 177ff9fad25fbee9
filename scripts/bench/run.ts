import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** `npm run bench -- <name> [options]`: each bench prints its floor, measured in the same run, and the ratio. */
const [name = "", ...options] = process.argv.slice(2);
const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
if (!/^[a-z]+$/.test(name) || name === "run" || !existsSync(script)) {
  console.error(
    "usage: npm run bench -- contest [sizes, e.g. 100 10000 100000] | notify [users, e.g. 10000] [Resend limits, e.g. 2 10] |\n       trending [topics, e.g. 1000 100000] [refresh] [writers] [api]",
  );
  process.exit(2);
}
process.exit(spawnSync("tsx", [script, ...options], { stdio: "inherit" }).status ?? 1);
