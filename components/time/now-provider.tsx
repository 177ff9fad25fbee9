"use client";

import {
  createContext,
  type ReactNode,
  startTransition,
  useContext,
  useEffect,
  useRef,
  useState,
} from "react";

const TICK_MS = 10_000;

const NowContext = createContext<number | null>(null);

/**
 * Gives every time on the page one "now". It starts at the server's, so that the browser's first render
 * repeats the server's text, and goes on by the server's clock however wrong the reader's is.
 */
export function NowProvider({ initial, children }: { initial: number; children: ReactNode }) {
  const [now, setNow] = useState(initial);
  const known = useRef(initial);
  useEffect(() => {
    const ahead = initial - Date.now();
    // A transition, so that parts of the page still on their way are not drawn twice for it.
    const tick = () => startTransition(() => setNow(Date.now() + ahead));
    if (known.current !== initial) tick();
    known.current = initial;
    const timer = setInterval(tick, TICK_MS);
    document.addEventListener("visibilitychange", tick);
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
