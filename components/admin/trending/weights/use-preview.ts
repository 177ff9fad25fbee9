"use client";

import { useEffect, useState } from "react";
import { previewWeights } from "@/lib/admin/trending-actions";
import type { WeightTexts } from "@/lib/admin/trending-weight-form";
import type { Preview } from "@/lib/admin/trending-weights";
import type { WindowName } from "@/lib/trending/types";

/** Somebody who types a number is not asked for after every digit. */
const PAUSE_MS = 250;

/**
 * The comparison for weights as they stand in a form, asked for anew when they, the window or the profile in force
 * change (`basis`). The one before stays in sight until then; `first` is the one the page came with.
 */
export function usePreview(
  texts: WeightTexts,
  window: WindowName,
  basis: string,
  valid: boolean,
  first: Preview,
) {
  const asked = JSON.stringify([texts, window, basis]);
  const [found, setFound] = useState({ preview: first, asked });
  const [failed, setFailed] = useState(false);
  const settled = found.asked === asked;
  useEffect(() => {
    if (!valid || settled) return;
    let stale = false;
    const [form, shown] = JSON.parse(asked);
    const timer = setTimeout(async () => {
      const answer = await previewWeights(shown, form).catch(() => ({ ok: false }) as const);
      if (stale) return;
      setFailed(!answer.ok);
      if (answer.ok) setFound({ preview: { rows: answer.rows, leavers: answer.leavers }, asked });
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [asked, valid, settled]);
  return { preview: found.preview, settled, failed: failed && !settled };
}
