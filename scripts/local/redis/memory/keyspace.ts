import { ReplyError } from "../types";
import { compareBytes } from "./byte-order";
import { SortedSet } from "./sorted-set";

/** How each Redis type is held. */
export interface StoredTypes {
  string: string;
  hash: Map<string, string>;
  set: Set<string>;
  list: string[];
  zset: SortedSet;
}

/** The name of a type, as TYPE answers it. */
export type Kind = keyof StoredTypes;

/** A key's type, value and end of life in ms since 1970, or null when it stays. */
export interface Entry<K extends Kind = Kind> {
  readonly kind: K;
  value: StoredTypes[K];
  expiresAt: number | null;
}

const EMPTY: { [K in Kind]: () => StoredTypes[K] } = {
  string: () => "",
  hash: () => new Map(),
  set: () => new Set(),
  list: () => [],
  zset: () => new SortedSet(),
};

/** All keys of the in-memory engine. Keys end when they are next looked at, or when `sweep` comes round. */
export class Keyspace {
  /** True after a write that is not saved yet. */
  isDirty = false;
  /** The clock, in ms since 1970. */
  readonly now: () => number;
  readonly #entries = new Map<string, Entry>();
  readonly #expiring = new Set<string>();
  #scanOrder: { readonly hash: number; readonly key: string }[] | null = null;

  constructor(now: () => number) {
    this.now = now;
  }

  /** The entry of a living key. */
  entry(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.expiresAt === null || entry.expiresAt >= this.now()) return entry;
    this.delete(key);
    return undefined;
  }

  /** The value of a key; undefined when there is none, a thrown WRONGTYPE when it is of another type. */
  read<K extends Kind>(key: string, kind: K): StoredTypes[K] | undefined {
    const entry = this.entry(key);
    if (entry === undefined) return undefined;
    if (isOfKind(entry, kind)) return entry.value;
    throw new ReplyError("WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  /** The same for writing: a missing key is created empty. Callers put something in it. */
  ensure<K extends Kind>(key: string, kind: K): StoredTypes[K] {
    const existing = this.read(key, kind);
    if (existing !== undefined) return existing;
    const value = EMPTY[kind]();
    this.put(key, kind, value);
    return value;
  }

  /** Replaces a key, whatever it was. */
  put<K extends Kind>(key: string, kind: K, value: StoredTypes[K], expiresAt: number | null = null): void {
    if (!this.#entries.has(key)) this.#scanOrder = null;
    this.#entries.set(key, { kind, value, expiresAt });
    if (expiresAt === null) this.#expiring.delete(key);
    else this.#expiring.add(key);
  }

  /** Sets a string but leaves the end of its life as it is. */
  putString(key: string, value: string): void {
    this.put(key, "string", value, this.entry(key)?.expiresAt ?? null);
  }

  /** Gives a living key an end in ms since 1970, or none; a past end removes it. */
  setExpiry(key: string, expiresAt: number | null): void {
    const entry = this.entry(key);
    if (entry === undefined) return;
    if (expiresAt !== null && expiresAt <= this.now()) {
      this.delete(key);
      return;
    }
    entry.expiresAt = expiresAt;
    if (expiresAt === null) this.#expiring.delete(key);
    else this.#expiring.add(key);
  }

  /** Removes a key; false when it was not there. */
  delete(key: string): boolean {
    this.#expiring.delete(key);
    return this.#entries.delete(key);
  }

  /** Removes a key whose collection has become empty, as Redis never keeps one. */
  dropIfEmpty(key: string): void {
    const value = this.#entries.get(key)?.value;
    if (value === undefined || typeof value === "string") return;
    if ((Array.isArray(value) ? value.length : value.size) === 0) this.delete(key);
  }

  /** Removes every key. */
  clear(): void {
    this.#entries.clear();
    this.#expiring.clear();
    this.#scanOrder = null;
  }

  /** Removes the keys whose time is over. */
  sweep(): void {
    for (const key of [...this.#expiring]) this.entry(key);
  }

  /** The living keys, oldest first. */
  keys(): string[] {
    this.sweep();
    return [...this.#entries.keys()];
  }

  /**
   * One page of SCAN: the keys from a cursor on, and the cursor of the next page ("0" after the last). Pages go by the
   * hash of the key, so a key that stays is met once however many others come and go, after a restart too.
   */
  scan(cursor: number, count: number): { cursor: number; keys: string[] } {
    this.#scanOrder ??= [...this.#entries.keys()]
      .map((key) => ({ hash: hashOf(key), key }))
      .sort((left, right) => left.hash - right.hash || compareBytes(left.key, right.key));
    const order = this.#scanOrder;
    const keys: string[] = [];
    let index = firstAtOrAbove(order, cursor);
    let hash = cursor;
    for (; index < order.length; index += 1) {
      const item = order[index];
      if (item === undefined) break;
      if (keys.length >= count && item.hash !== hash) return { cursor: item.hash, keys };
      hash = item.hash;
      if (this.entry(item.key) !== undefined) keys.push(item.key);
    }
    return { cursor: 0, keys };
  }
}

function isOfKind<K extends Kind>(entry: Entry, kind: K): entry is Entry<K> {
  return entry.kind === kind;
}

function firstAtOrAbove(order: readonly { readonly hash: number }[], hash: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((order[middle]?.hash ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** FNV-1a in 32 bits, and never 0, which is the cursor that begins and ends a scan. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0 || 1;
}
