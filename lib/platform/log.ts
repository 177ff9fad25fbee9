import pino from "pino";

export type Log = pino.Logger;

/** A logger of one JSON object per line: ISO times in UTC, level by name. Goes to stdout unless told otherwise. */
export function logTo(destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    base: { service: "banzuke" },
    level: process.env.LOG_LEVEL ?? "info",
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: ["authorization", "*.authorization", "headers.cookie"], remove: true },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** The root logger of this process, on stdout. */
export const rootLog: Log = logTo();
