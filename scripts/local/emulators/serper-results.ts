import { createHash } from "node:crypto";

/** A search as Serper is asked for it. */
export type Search = { q: string; gl?: string | undefined; hl?: string | undefined };

/** What a search comes to: addresses from the first place on, or Serper's refusal of just this search. */
export type SearchOutcome = { links: string[] } | { error: { status: number; message: string } };

const DEFAULT_RESULTS = 60;
const HOSTS = ["news.example", "shop.example", "blog.example", "wiki.example", "review.example"];

/** What searches find: as set, else made up from the keyword, the same every time. */
export class SearchIndex {
  private readonly outcomes = new Map<string, SearchOutcome>();

  /** Without country or language it holds for all of them; undefined is as if it had never been set. */
  set(search: Search, outcome: SearchOutcome | undefined): void {
    if (outcome) this.outcomes.set(keyOf(search), outcome);
    else this.outcomes.delete(keyOf(search));
  }

  find({ q, gl, hl }: Search): SearchOutcome {
    const ways = [{ q, gl, hl }, { q, gl }, { q }];
    const set = ways.map((search) => this.outcomes.get(keyOf(search))).find((outcome) => outcome);
    return set ?? { links: madeUp(q) };
  }

  clear(): void {
    this.outcomes.clear();
  }
}

function keyOf({ q, gl, hl }: Search): string {
  return JSON.stringify([q.trim(), gl ?? null, hl ?? null]);
}

function madeUp(keyword: string): string[] {
  return Array.from({ length: DEFAULT_RESULTS }, (_, i) => {
    const digest = createHash("sha256").update(`${keyword}\n${i}`).digest();
    const host = HOSTS[(digest[0] ?? 0) % HOSTS.length];
    return `https://${host}/${digest.toString("hex", 1, 6)}`;
  });
}
