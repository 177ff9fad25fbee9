"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { setPreference } from "@/components/preferences/set-preference";
import { Select } from "@/components/ui/select";
import type { Theme } from "@/lib/i18n/preferences";

const JST = "Asia/Tokyo";

/** The switches for language, time zone and theme. Choices are kept in cookies, so the server knows them. */
export function Preferences({ theme: initialTheme, stacked = false }: { theme: Theme; stacked?: boolean }) {
  const t = useTranslations("common.preferences");
  const router = useRouter();
  const locale = useLocale();
  const zone = useTimeZone() ?? JST;
  const own = useOwnZone();
  const [theme, setTheme] = useState<Theme>(initialTheme);

  const zones = [...new Set([JST, "UTC", own, zone])].filter((name) => name !== null);
  const choose = (name: "locale" | "zone", value: string) => {
    setPreference(name, value);
    router.refresh();
  };
  const chooseTheme = (value: string) => {
    const next = value === "light" || value === "dark" ? value : null;
    setPreference("theme", next);
    setTheme(next);
    if (next) document.documentElement.dataset.theme = next;
    else delete document.documentElement.dataset.theme;
  };

  return (
    <fieldset
      className={
        stacked
          ? "flex flex-col items-stretch gap-1 [&_label]:justify-between [&_select]:w-22 md:[&_select]:h-7"
          : "flex flex-wrap gap-x-4 gap-y-1"
      }
    >
      <legend className="sr-only">{t("label")}</legend>
      <Select label={t("language")} value={locale} onChange={(event) => choose("locale", event.target.value)}>
        <option value="ja">{t("ja")}</option>
        <option value="en">{t("en")}</option>
      </Select>
      <Select label={t("zone")} value={zone} onChange={(event) => choose("zone", event.target.value)}>
        {zones.map((name) => (
          <option key={name} value={name}>
            {nameOfZone(name)}
          </option>
        ))}
      </Select>
      <Select label={t("theme")} value={theme ?? ""} onChange={(event) => chooseTheme(event.target.value)}>
        <option value="">{t("themeSystem")}</option>
        <option value="light">{t("themeLight")}</option>
        <option value="dark">{t("themeDark")}</option>
      </Select>
    </fieldset>
  );

  function nameOfZone(name: string): string {
    if (name === JST) return "JST";
    if (name === "UTC") return "UTC";
    return name === own ? t("zoneOwn", { zone: cityOf(name) }) : cityOf(name);
  }
}

/** The browser's own zone, known only once the page is alive. */
function useOwnZone(): string | null {
  const [own, setOwn] = useState<string | null>(null);
  useEffect(() => setOwn(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  return own;
}

function cityOf(zone: string): string {
  return zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
}
