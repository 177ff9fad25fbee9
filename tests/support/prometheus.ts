import { spawnSync } from "node:child_process";

export interface Family {
  help: string;
  type: string;
  /** Value by series as written, e.g. `name{job="sweep"}`. */
  series: Record<string, number>;
}

const SERIES =
  /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)+\})? (\S+)$/;

/** Reads the text format; throws at a line that is none, a family without HELP or TYPE, and a series that comes twice. */
export function parseExposition(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const families = new Map<string, Family>();
  let current = "";
  for (const line of text.split("\n").filter(Boolean)) {
    const [, word, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (word === "HELP") {
      if (families.has(name)) throw new Error(`${name} comes twice`);
      families.set(name, { help: rest, type: "", series: {} });
      current = name;
    } else if (word === "TYPE") {
      const family = families.get(name);
      if (!family || name !== current) throw new Error(`TYPE of ${name} does not follow its HELP`);
      family.type = rest;
    } else {
      const [, series = "", labels = "", value = ""] = SERIES.exec(line) ?? [];
      const family = families.get(current);
      if (!family?.type || !series.startsWith(current))
        throw new Error(`not a series of ${current}: ${line}`);
      if (`${series}${labels}` in family.series) throw new Error(`${series}${labels} comes twice`);
      family.series[`${series}${labels}`] = value === "+Inf" ? Number.POSITIVE_INFINITY : Number(value);
    }
  }
  return families;
}

/** Whether Prometheus' own checker is installed. */
export function hasPromtool(): boolean {
  return spawnSync("promtool", ["--version"]).status === 0;
}

/** What `promtool check metrics` says of an exposition; lint makes it fail too. */
export function promtool(text: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input: text });
  return { status, output: `${stdout}${stderr}` };
}
