"use client";

import { useEffect, useId, useRef, useState } from "react";

interface Tip {
  text: string;
  /** Middle of the anchor, and the edge the bubble hangs from. */
  x: number;
  y: number;
  below: boolean;
}

const MARGIN = 8;
const ROOM_ABOVE = 64;

/**
 * One bubble for the whole page: shows the `data-tip` of whatever is hovered, focused or tapped. Lighter
 * than a component for each of hundreds of times and bars. Escape hides it; the pointer may move onto it.
 */
export function TooltipLayer() {
  const [tip, setTip] = useState<Tip | null>(null);
  const bubble = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    let anchor: Element | null = null;
    const hide = () => {
      anchor?.removeAttribute("aria-describedby");
      anchor = null;
      setTip(null);
    };
    const show = (event: Event) => {
      const target = event.target instanceof Element ? event.target : null;
      if (target && bubble.current?.contains(target)) return;
      const found = target?.closest("[data-tip]") ?? null;
      if (found === anchor) return;
      hide();
      const text = found?.getAttribute("data-tip");
      if (!found || !text) return;
      anchor = found;
      found.setAttribute("aria-describedby", id);
      const box = found.getBoundingClientRect();
      const below = box.top < ROOM_ABOVE;
      setTip({ text, x: box.left + box.width / 2, y: below ? box.bottom : box.top, below });
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
    };
    document.addEventListener("pointerover", show);
    document.addEventListener("focusin", show);
    document.addEventListener("focusout", hide);
    document.addEventListener("scroll", hide, true);
    document.addEventListener("keydown", onKey);
    return () => {
      hide();
      document.removeEventListener("pointerover", show);
      document.removeEventListener("focusin", show);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("scroll", hide, true);
      document.removeEventListener("keydown", onKey);
    };
  }, [id]);

  // Keeps the bubble inside the window once its width is known.
  useEffect(() => {
    const element = bubble.current;
    if (!element || !tip) return;
    const half = element.offsetWidth / 2;
    const x = Math.min(Math.max(tip.x, half + MARGIN), document.documentElement.clientWidth - half - MARGIN);
    element.style.left = `${x}px`;
    element.style.visibility = "visible";
  }, [tip]);

  if (!tip) return null;
  return (
    <div
      ref={bubble}
      id={id}
      role="tooltip"
      key={`${tip.x},${tip.y},${tip.text}`}
      style={{ left: tip.x, top: tip.y, visibility: "hidden", boxShadow: "var(--shadow)" }}
      className={`fixed z-50 max-w-80 -translate-x-1/2 whitespace-pre-line rounded-sm bg-ink px-2 py-1 text-small text-paper tabular-nums ${
        tip.below ? "mt-1.5" : "-mt-1.5 -translate-y-full"
      }`}
    >
      {tip.text}
    </div>
  );
}
