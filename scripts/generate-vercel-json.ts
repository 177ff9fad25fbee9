import { readFile, writeFile } from "node:fs/promises";
import { registry } from "@/lib/jobs/registry";

/**
 * Writes vercel.json's crons from the jobs' schedules; `--check` compares instead. Fails when a
 * scheduled job has no cron route, because Vercel would call a 404 for ever.
 */
const TARGET = "vercel.json";

const crons = registry.flatMap((job) =>
  job.schedule ? [{ path: `/api/cron/${job.name}`, schedule: job.schedule }] : [],
);
const wanted = `${JSON.stringify({ $schema: "https://openapi.vercel.sh/vercel.json", crons }, null, 2)}\n`;

for (const { path } of crons) {
  const route = `app${path}/route.ts`;
  await readFile(route).catch(() => {
    console.error(`${path} is scheduled, but there is no ${route}`);
    process.exitCode = 1;
  });
}
if (!process.argv.includes("--check")) {
  await writeFile(TARGET, wanted);
  console.log(`wrote ${TARGET}`);
} else if ((await readFile(TARGET, "utf8").catch(() => "")) !== wanted) {
  console.error(`${TARGET} does not match the jobs' schedules: run npm run generate`);
  process.exitCode = 1;
}
