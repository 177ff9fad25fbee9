/**
 * A matcher for Redis' glob patterns: `*`, `?`, `[ab]`, `[^a]`, `[a-z]`, and a backslash before a literal. As in Redis
 * a `?` or a set stands for one byte, of which a kanji has three.
 */
export function globMatcher(pattern: string): (text: string) => boolean {
  if (pattern === "*") return () => true;
  const expression = new RegExp(`^${toExpression([...toByteText(pattern)])}$`, "s");
  return (text) => expression.test(toByteText(text));
}

/** Text with one character for each of its UTF-8 bytes. */
function toByteText(text: string): string {
  return Buffer.from(text).toString("latin1");
}

function toExpression(characters: readonly string[]): string {
  let expression = "";
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? "";
    if (character === "*") expression += ".*";
    else if (character === "?") expression += ".";
    else if (character === "\\" && index + 1 < characters.length)
      expression += literal(characters[++index] ?? "");
    else if (character === "[") {
      const set = readSet(characters, index + 1);
      expression += set.expression;
      index = set.end;
    } else expression += literal(character);
  }
  return expression;
}

/** Reads a set from after its `[`; `end` is the index of its `]`, or of the last character when it is unclosed. */
function readSet(characters: readonly string[], start: number): { expression: string; end: number } {
  let index = start;
  const isNegated = characters[index] === "^";
  if (isNegated) index += 1;
  let members = "";
  for (; index < characters.length && characters[index] !== "]"; index += 1) {
    if (characters[index] === "\\" && index + 1 < characters.length) index += 1;
    const from = characters[index] ?? "";
    const to = characters[index + 2];
    if (characters[index + 1] === "-" && to !== undefined) {
      const [low, high] = from <= to ? [from, to] : [to, from];
      members += `${literal(low)}-${literal(high)}`;
      index += 2;
    } else members += literal(from);
  }
  const empty = isNegated ? "." : "(?!)";
  return { expression: members === "" ? empty : `[${isNegated ? "^" : ""}${members}]`, end: index };
}

function literal(character: string): string {
  return /^[\^$\\.*+?()[\]{}|/-]$/.test(character) ? `\\${character}` : character;
}
