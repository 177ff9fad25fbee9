"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { INPUT, Labelled } from "@/components/preferences-page/field";
import { useNow } from "@/components/time/now-provider";
import { minuteTime } from "@/lib/i18n/time";

const SHOWN = 50;

/** A time zone of the IANA list, found by typing a part of its name. Without scripts it is a text field. */
export function ZoneField({ initial, error }: { initial: string; error: string | null }) {
  const t = useTranslations("preferences");
  const now = useNow();
  const listId = useId();
  const [typed, setTyped] = useState(initial);
  const [searching, setSearching] = useState(false);
  const [marked, setMarked] = useState(0);
  const zones = useMemo(
    () => (searching ? matching(typed === initial ? "" : typed) : []),
    [searching, typed, initial],
  );
  const time = timeIn(typed, now);

  const choose = (zone: string) => {
    setTyped(zone);
    setSearching(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (searching)
        setMarked((marked + (event.key === "ArrowDown" ? 1 : zones.length - 1)) % Math.max(1, zones.length));
      else setSearching(true);
    }
    const zone = zones[marked];
    if (event.key === "Enter" && searching && zone) {
      event.preventDefault();
      choose(zone);
    }
    if (event.key === "Escape") setSearching(false);
  };
  return (
    <Labelled
      label={t("timezone")}
      hint={time ? t("timezoneHint", { time }) : t("timezoneUnknown")}
      error={error}
    >
      {(attributes) => (
        <div className="relative">
          <input
            {...attributes}
            name="timezone"
            role="combobox"
            aria-expanded={searching}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={searching && zones[marked] ? `${listId}-${marked}` : undefined}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setMarked(0);
              setSearching(true);
            }}
            onFocus={(event) => event.target.select()}
            onClick={() => setSearching(true)}
            onBlur={() => setSearching(false)}
            onKeyDown={onKeyDown}
            className={INPUT}
          />
          <div
            id={listId}
            role="listbox"
            aria-label={t("timezone")}
            hidden={!searching}
            style={{ boxShadow: "var(--shadow)" }}
            className="absolute inset-x-0 top-full z-20 mt-1 max-h-72 overflow-y-auto rounded-sm border border-line bg-raised py-1"
          >
            {zones.map((zone, place) => (
              <div
                key={zone}
                id={`${listId}-${place}`}
                role="option"
                tabIndex={-1}
                aria-selected={place === marked}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => choose(zone)}
                onKeyDown={undefined}
                ref={place === marked ? (row) => row?.scrollIntoView({ block: "nearest" }) : undefined}
                className="flex min-h-10 cursor-pointer items-center justify-between gap-3 px-3 hover:bg-accent-wash aria-selected:bg-accent-wash"
              >
                <span className="break-all">{zone.replaceAll("_", " ")}</span>
                <span className="shrink-0 text-small text-faint tabular-nums">
                  {timeIn(zone, now)?.slice(11)}
                </span>
              </div>
            ))}
            {zones.length === 0 ? <p className="px-3 py-2 text-faint">{t("timezoneNone")}</p> : null}
          </div>
        </div>
      )}
    </Labelled>
  );
}

/** Browsers list some zones under names that the IANA list has given up; their readers search for today's. */
const RENAMED: Record<string, string> = {
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/** Zones whose name has every word that was typed; places whose city begins with it first. */
function matching(typed: string): string[] {
  const words = typed
    .toLowerCase()
    .split(/[\s/_]+/)
    .filter(Boolean);
  const listed = Intl.supportedValuesOf("timeZone").map((zone) => RENAMED[zone] ?? zone);
  const found = [...new Set(["UTC", ...listed])].filter((zone) =>
    words.every((word) => zone.toLowerCase().includes(word)),
  );
  const first = words[0] ?? "";
  const begins = (zone: string) => (first && zone.toLowerCase().split("/").at(-1)?.startsWith(first) ? 0 : 1);
  return found
    .sort((a, b) => begins(a) - begins(b) || a.localeCompare(b))
    .slice(0, words.length > 0 ? SHOWN : undefined);
}

/** What clocks in a zone show; null for a name that is no zone. */
function timeIn(zone: string, now: number): string | null {
  try {
    return minuteTime(new Date(now), zone);
  } catch {
    return null;
  }
}
