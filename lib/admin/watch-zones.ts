import { clockTime, zoneLabel } from "@/lib/i18n/time";

/** The zones of the IANA list to choose from, each with its time and offset now. */
export function zonesAt(now: Date): { name: string; now: string }[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((name) => name !== "UTC")].map((name) => ({
    name,
    now: `${clockTime(now, name)} ${zoneLabel(name, now)}`,
  }));
}
