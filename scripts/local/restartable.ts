import type { Child } from "./child";

/** A service in a child process that can be taken down and brought up again, as fault tests do. */
export type Restartable<T> = {
  value: T;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts a child and keeps the way to start it again. The listeners hear of an end that nobody asked for. */
export async function startRestartable<T>(
  launch: () => Promise<Child<T>>,
  onStarted: (child: Child<T>) => void,
): Promise<Restartable<T>> {
  let running: Child<T> | undefined = await launch();
  onStarted(running);
  return {
    value: running.value,
    start: async () => {
      if (running) return;
      running = await launch();
      onStarted(running);
    },
    stop: async () => {
      const stopping = running;
      running = undefined;
      await stopping?.stop();
    },
  };
}
