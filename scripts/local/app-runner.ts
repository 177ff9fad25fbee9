// Runs Next for the supervisor and ends its whole process tree when the supervisor is gone, which Next does not
// notice by itself. Imports nothing, so that plain Node starts it in a moment.
import { spawn } from "node:child_process";

const args: string[] = JSON.parse(process.argv[2] ?? "[]");
const next = spawn(process.execPath, args, { detached: true, stdio: ["ignore", "inherit", "inherit"] });
const group = -(next.pid ?? 0);

process.on("SIGTERM", end);
process.on("SIGINT", end);
process.on("disconnect", end);
next.once("error", () => process.exit(1));
next.once("exit", (code) => {
  signal("SIGKILL");
  process.exit(code ?? 1);
});
process.send?.({ pid: next.pid });

function end(): void {
  signal("SIGTERM");
  setTimeout(() => signal("SIGKILL"), 3_000);
}

function signal(name: NodeJS.Signals): void {
  try {
    if (group < 0) process.kill(group, name);
  } catch {
    // Nobody of the group is left.
  }
}
