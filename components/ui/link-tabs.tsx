import Link from "next/link";

interface LinkTabsProps {
  label: string;
  tabs: { href: string; name: string; current: boolean }[];
  className?: string;
}

/** Views of the same thing, each with an address of its own. */
export function LinkTabs({ label, tabs, className = "" }: LinkTabsProps) {
  return (
    <nav aria-label={label} className={`flex gap-4 border-b border-line ${className}`}>
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          scroll={false}
          aria-current={tab.current ? "page" : undefined}
          className="-mb-px border-b-2 border-transparent py-2 text-faint no-underline aria-[current]:border-ink aria-[current]:text-ink"
        >
          {tab.name}
        </Link>
      ))}
    </nav>
  );
}
