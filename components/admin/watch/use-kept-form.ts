"use client";

import { type FormEvent, startTransition, useEffect, useRef } from "react";

/**
 * The props of a form that keeps what was typed when its action finds problems (React would empty the fields), and
 * then leads to the first field that has one. `answer` is the action's last.
 */
export function useKeptForm(action: (data: FormData) => void, answer: object | null) {
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (answer && "problems" in answer) ref.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [answer]);
  return {
    ref,
    action,
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      const data = new FormData(event.currentTarget);
      startTransition(() => action(data));
    },
    noValidate: true,
  };
}
