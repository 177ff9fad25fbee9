import { cookies } from "next/headers";
import { Preferences } from "@/components/preferences/preferences";
import { PREFERENCE_COOKIES, themeOf } from "@/lib/i18n/preferences";

/** The foot of public pages: the switches for language, zone and theme. */
export async function Footer() {
  const jar = await cookies();
  return (
    <footer className="mt-12 border-t border-line py-4">
      <Preferences theme={themeOf(jar.get(PREFERENCE_COOKIES.theme)?.value)} />
    </footer>
  );
}
