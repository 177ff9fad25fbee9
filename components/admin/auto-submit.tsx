"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";

/** Sends its form whenever a choice in it changes; without scripts it is the button that sends it. */
export function AutoSubmit({ label }: { label: string }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const form = button.current?.form;
    const send = () => form?.requestSubmit();
    form?.addEventListener("change", send);
    return () => form?.removeEventListener("change", send);
  }, []);
  return (
    <Button
      ref={button}
      type="submit"
      className="[@media(scripting:enabled)]:sr-only focus-visible:not-sr-only"
    >
      {label}
    </Button>
  );
}
