import type { ComponentProps } from "react";

type Look = "solid" | "line" | "danger" | "quiet";

const LOOKS: Record<Look, string> = {
  solid: "border-ink bg-ink text-paper hover:bg-ink/85",
  line: "border-line-strong/60 text-ink hover:border-ink hover:bg-raised",
  danger: "border-failed text-failed hover:bg-failed-wash",
  quiet: "border-transparent text-accent hover:bg-accent-wash",
};

/** The look of a button, for links that act like one. */
export function buttonLook(look: Look = "line"): string {
  return `inline-flex h-8 max-md:h-10 items-center justify-center gap-1.5 whitespace-nowrap rounded-sm border px-3 no-underline transition-colors aria-disabled:cursor-progress aria-disabled:opacity-60 disabled:cursor-not-allowed disabled:opacity-50 ${LOOKS[look]}`;
}

interface ButtonProps extends ComponentProps<"button"> {
  look?: Look;
  /** Under way: keeps its size and its focus, and does nothing when pressed again. */
  busy?: boolean;
}

/** A button; its text is a verb. */
export function Button({ look, busy = false, className = "", onClick, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={`${buttonLook(look)} ${className}`}
    >
      {children}
    </button>
  );
}
