const score = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A score as it is written: one decimal. */
export function scoreText(value: number): string {
  // -0.04 would print as -0.0.
  return withMinus(score.format(Math.round(value * 10) / 10 + 0));
}

/** A weight as it was set: `0.6`, `−1`, `0.025`. */
export function weightText(value: number): string {
  return withMinus(String(value));
}

/** A whole number with its sign: `+12`, `−3`, `0`. */
export function signedText(value: number): string {
  return value === 0 ? "0" : `${value > 0 ? "+" : "−"}${whole.format(Math.abs(value))}`;
}

/** A whole number. */
export function countText(value: number): string {
  return whole.format(value);
}

/** With the sign that is as wide as a plus; a hyphen gets lost before figures. */
function withMinus(text: string): string {
  return text.replace(/^-/, "−");
}
