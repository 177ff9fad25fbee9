"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

const PLACES = [
  { href: "/admin", name: "overview", icon: <path d="M2 13h3V7H2zm4.500 0h3V3h-3zM11 13h3V9h-3z" /> },
  {
    href: "/admin/runs",
    name: "runs",
    icon: <path d="M2 3h12v1.500H2zm0 4.250h12v1.500H2zm0 4.250h12V13H2z" />,
  },
  {
    href: "/admin/contest",
    name: "contest",
    icon: (
      <path d="M7.250 1.500h1.500v13h-1.500zM10 2.500h4v6h-4zm-8 0h4v6H2zm8 7.500h1.600v4H10zm2.400 0H14v4h-1.600zM2 10h1.600v4H2zm2.400 0H6v4H4.400z" />
    ),
  },
  {
    href: "/admin/watch",
    name: "watch",
    icon: (
      <path d="M2 2h1.500v10.500H14V14H2zm3 2.500 3.500 3 2-1.500 3.500 4-1.100 1-2.600-3-2 1.500L5 6.400z" />
    ),
  },
  {
    href: "/admin/notifications",
    name: "notifications",
    icon: (
      <path d="M1.500 3h13v10h-13zm1.500 1.500v.700l5 3.300 5-3.300v-.700zm0 2.500v4.500h10V7L8 10.300z" />
    ),
  },
  {
    href: "/admin/trending",
    name: "trending",
    icon: (
      <path d="M9.500 3H14v4.500h-1.500V5.600L8.600 9.500 6 6.900 2.500 10.400 1.400 9.300 6 4.700l2.600 2.600L11.400 4.500H9.500zM2 12.500h12V14H2z" />
    ),
  },
] as const;

/** The places of the admin: a rail at the left, a bar at the bottom of a small screen. */
export function Rail({ env, children }: { env: string; children: ReactNode }) {
  const t = useTranslations("nav");
  const path = usePathname();
  return (
    <nav
      aria-label={t("label")}
      className="max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-30 max-md:border-t max-md:border-line max-md:bg-paper max-md:pb-[env(safe-area-inset-bottom)] md:sticky md:top-0 md:flex md:h-dvh md:w-46 md:shrink-0 md:flex-col md:border-r md:border-line md:px-4 md:py-5"
    >
      <p className="mb-5 flex items-baseline justify-between max-md:hidden">
        <Link href="/" className="text-title leading-none no-underline">
          番付
        </Link>
        <span className="text-small text-faint">{env}</span>
      </p>
      <ul className="flex md:flex-col md:gap-0.5">
        {PLACES.map(({ href, name, icon }) => {
          const here = href === "/admin" ? path === href : path.startsWith(href);
          return (
            <li key={href} className="max-md:flex-1">
              <Link
                href={href}
                aria-current={here ? "page" : undefined}
                className="flex items-center gap-2 rounded-sm text-faint no-underline hover:text-ink aria-[current]:font-medium aria-[current]:text-ink max-md:h-14 max-md:flex-col max-md:justify-center max-md:gap-0.5 max-md:text-[11px] md:h-9 md:px-2 md:-mx-2 md:aria-[current]:bg-line/50"
              >
                <svg viewBox="0 0 16 16" className="size-4 fill-current" aria-hidden="true">
                  {icon}
                </svg>
                {t(name)}
              </Link>
            </li>
          );
        })}
      </ul>
      <div className="mt-auto max-md:hidden">{children}</div>
    </nav>
  );
}
