import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Answer, Ask } from "./trending-run";

/** The refresh job in a child process, asked one thing after the other. */
export interface JobProcess {
  ask: (ask: Ask) => Promise<Answer>;
  end: () => void;
}

/** Starts it with the heap that a function with 512 MB of memory can afford. */
export function startJobProcess(env: Record<string, string>): JobProcess {
  const child = fork(fileURLToPath(new URL("./trending-run.ts", import.meta.url)), {
    env: { ...process.env, ...env },
    execArgv: ["--import", "tsx", "--max-old-space-size=256"],
  });
  const ended = once(child, "exit").then((): never => {
    throw new Error("the job's process ended");
  });
  ended.catch(() => undefined);
  return {
    ask: async (ask) => {
      child.send(ask);
      const [answer] = await Promise.race([once(child, "message"), ended]);
      return answer as Answer;
    },
    end: () => child.disconnect(),
  };
}
