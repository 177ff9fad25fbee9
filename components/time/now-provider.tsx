"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const TICK_MS = 10_000;

const NowContext = createContext<number | null>(null);

/**
 * Gives every time on the page one "now". It starts at the server's, so that the browser's first render
 * repeats the server's text, and goes on by the server's clock however wrong the reader's is.
 */
export function NowProvider({ initial, children }: { initial: number; children: ReactNode }) {
  const [now, setNow] = useState(initial);
  useEffect(() => {
    const ahead = initial - Date.now();
    const tick = () => setNow(Date.now() + ahead);
    const timer = setInterval(tick, TICK_MS);
    document.addEventListener("visibilitychange", tick);
    tick();
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [initial]);
  return <NowContext value={now}>{children}</NowContext>;
}

/** The page's now, in milliseconds; moves on every ten seconds. */
export function useNow(): number {
  const now = useContext(NowContext);
  if (now === null) throw new Error("useNow needs a NowProvider above it");
  return now;
}
