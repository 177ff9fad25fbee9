import { ReplyError } from "../types";

const INTEGER = /^(?:0|-?[1-9]\d{0,18})$/;
const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

/** A 64-bit integer as strictly as Redis reads one (no plus, spaces or leading zeros), or undefined. */
export function parseInt64(text: string): bigint | undefined {
  if (!INTEGER.test(text)) return undefined;
  const value = BigInt(text);
  return fitsInt64(value) ? value : undefined;
}

/** Whether a sum is still an integer that Redis can hold. */
export function fitsInt64(value: bigint): boolean {
  return value >= MIN_INT64 && value <= MAX_INT64;
}

/** An integer argument as a number; throws Redis' error when it is none. */
export function integerArg(text: string | undefined): number {
  const value = parseInt64(text ?? "");
  if (value === undefined) throw new ReplyError("ERR value is not an integer or out of range");
  return Number(value);
}

/** A double as Redis reads one, infinities included; undefined for anything else, overflow and NaN. */
export function parseFloat64(text: string): number | undefined {
  if (FLOAT.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  const infinite = INFINITE.exec(text);
  if (!infinite) return undefined;
  return infinite[1] === "-" ? -Infinity : Infinity;
}

/** A double as Redis ≥ 7.2 prints a score: the shortest digits that read back the same, `inf`, `-inf`. */
export function formatScore(value: number): string {
  return format(value, value.toExponential(), 17);
}

/** A double as `printf("%.17g")` prints it, or with another number of digits. */
export function formatG(value: number, precision: number): string {
  return format(value, value.toExponential(precision - 1), precision);
}

function format(value: number, exponential: string, precision: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const [, digit = "0", rest = "", exponent = "0"] = /^-?(\d)\.?(\d*)e(.+)$/.exec(exponential) ?? [];
  const digits = (digit + rest).replace(/0+$/, "") || "0";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return sign + placePoint(digits, Number(exponent), precision);
}

function placePoint(digits: string, exponent: number, precision: number): string {
  if (exponent < -4 || exponent >= precision) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
    const power = String(Math.abs(exponent)).padStart(2, "0");
    return `${digits[0]}${fraction}e${exponent < 0 ? "-" : "+"}${power}`;
  }
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return digits.padEnd(exponent + 1, "0");
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

const DECIMAL_PLACES = 17;

/**
 * The sum of two decimals in full, with at most 17 places and no trailing zeros, as INCRBYFLOAT prints it: Redis adds
 * in long doubles, so 0.1 + 0.2 is 0.3. Undefined when either text is no finite decimal.
 */
export function addDecimals(left: string, right: string): string | undefined {
  const augend = toScaled(left);
  const addend = toScaled(right);
  if (augend === undefined || addend === undefined) return undefined;
  const sum = augend + addend;
  const digits = (sum < 0n ? -sum : sum).toString().padStart(DECIMAL_PLACES + 1, "0");
  const whole = digits.slice(0, -DECIMAL_PLACES);
  const fraction = digits.slice(-DECIMAL_PLACES).replace(/0+$/, "");
  return `${sum < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

function toScaled(text: string): bigint | undefined {
  const parts = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text);
  if (!parts || !FLOAT.test(text)) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = parts;
  const shift = Number(exponent) + DECIMAL_PLACES - fraction.length;
  if (Math.abs(shift) > 5_000) return undefined;
  const digits = BigInt(`${whole}${fraction}`);
  const scaled = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
  return sign === "-" ? -scaled : scaled;
}
