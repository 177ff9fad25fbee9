import pino from "pino";

export type Log = pino.Logger;

/** The root logger: one JSON object per line on stdout, ISO times in UTC, level by name. */
export const rootLog: Log = pino({
  base: { service: "banzuke" },
  level: process.env.LOG_LEVEL ?? "info",
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  redact: { paths: ["authorization", "*.authorization", "headers.cookie"], remove: true },
});
