/** The query of a page's address, as Next hands it over. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** A parameter given once and not empty, else null. */
export function oneOf(params: Awaited<SearchParams>, name: string): string | null {
  const value = params[name];
  return typeof value === "string" && value !== "" ? value.slice(0, 300) : null;
}

/** A path with those parameters that have a value. */
export function pathWith(path: string, params: Record<string, string | null>): string {
  const kept = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== null);
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept)}`;
}
