/** Compares text by its UTF-8 bytes, as Redis does: below, at or above 0. */
export function compareBytes(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return utf8Order(a) - utf8Order(b);
  }
  return left.length - right.length;
}

// Surrogates stand for characters above U+FFFF, whose bytes sort after those of U+E000 to U+FFFF.
function utf8Order(codeUnit: number): number {
  if (codeUnit < 0xd800) return codeUnit;
  return codeUnit < 0xe000 ? codeUnit + 0x2000 : codeUnit - 0x800;
}
