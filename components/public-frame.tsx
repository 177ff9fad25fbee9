import Link from "next/link";
import type { ReactNode } from "react";
import { Footer } from "@/components/footer";

/** The frame of public pages: a name at the head, the switches at the foot. */
export function PublicFrame({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto max-w-[1200px] px-4 md:px-8">
      <header className="py-4">
        <Link href="/" className="no-underline">
          番付 <span className="text-faint">Banzuke</span>
        </Link>
      </header>
      <main>{children}</main>
      <Footer />
    </div>
  );
}
