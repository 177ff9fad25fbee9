import { compareBytes } from "./byte-order";

/** A member of a sorted set with its score. */
export interface ScoredMember {
  readonly score: number;
  readonly member: string;
}

const MAX_BLOCK = 1_024;

/**
 * A Redis sorted set: members by score, ties by the bytes of the member. The order is kept in blocks of at most 1,024
 * entries, so that a write moves one block and a rank adds up a few lengths, at 100,000 members too.
 */
export class SortedSet {
  readonly #scores = new Map<string, number>();
  #blocks: ScoredMember[][] = [];

  /** Number of members. */
  get size(): number {
    return this.#scores.size;
  }

  /** The score of a member, or undefined. */
  score(member: string): number | undefined {
    return this.#scores.get(member);
  }

  /** Adds a member or moves it to a new score. */
  set(member: string, score: number): void {
    const before = this.#scores.get(member);
    if (before === score && Object.is(before, score)) return;
    if (before !== undefined) this.#remove({ score: before, member });
    this.#scores.set(member, score);
    this.#insert({ score, member });
  }

  /** Removes a member; false when it was not there. */
  delete(member: string): boolean {
    const score = this.#scores.get(member);
    if (score === undefined) return false;
    this.#scores.delete(member);
    this.#remove({ score, member });
    return true;
  }

  /** The place of a member counted from 0 at the lowest score, or undefined. */
  rank(member: string): number | undefined {
    const score = this.#scores.get(member);
    if (score === undefined) return undefined;
    return this.countWhile((entry) => compare(entry, { score, member }) < 0);
  }

  /** How many entries from the lowest on satisfy a condition that, once false, stays false. */
  countWhile(condition: (entry: ScoredMember) => boolean): number {
    let count = 0;
    for (const block of this.#blocks) {
      const last = block.at(-1);
      if (last !== undefined && !condition(last)) return count + partition(block, condition);
      count += block.length;
    }
    return count;
  }

  /** The entries from place `start` up to, not including, place `end`, lowest first. */
  slice(start: number, end: number): ScoredMember[] {
    const entries: ScoredMember[] = [];
    let offset = 0;
    for (const block of this.#blocks) {
      if (offset >= end) break;
      if (offset + block.length > start) {
        for (const entry of block.slice(Math.max(0, start - offset), end - offset)) entries.push(entry);
      }
      offset += block.length;
    }
    return entries;
  }

  #insert(entry: ScoredMember): void {
    const index = this.#blockFor(entry);
    const block = this.#blocks[index];
    if (!block) {
      this.#blocks.push([entry]);
      return;
    }
    block.splice(
      partition(block, (other) => compare(other, entry) < 0),
      0,
      entry,
    );
    if (block.length > MAX_BLOCK) this.#blocks.splice(index + 1, 0, block.splice(MAX_BLOCK / 2));
  }

  #remove(entry: ScoredMember): void {
    const index = this.#blockFor(entry);
    const block = this.#blocks[index];
    if (!block) return;
    block.splice(
      partition(block, (other) => compare(other, entry) < 0),
      1,
    );
    if (block.length === 0) this.#blocks.splice(index, 1);
  }

  /** The first block whose last entry is not below the given one, else the last block. */
  #blockFor(entry: ScoredMember): number {
    const index = partition(this.#blocks, (block) => {
      const last = block.at(-1);
      return last !== undefined && compare(last, entry) < 0;
    });
    return Math.max(0, Math.min(index, this.#blocks.length - 1));
  }
}

function compare(left: ScoredMember, right: ScoredMember): number {
  if (left.score !== right.score) return left.score < right.score ? -1 : 1;
  return compareBytes(left.member, right.member);
}

/** The index of the first item for which the condition is false, by halving. */
function partition<T>(items: readonly T[], condition: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && condition(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
