const KEPT_MS = 24 * 3_600_000;

type Known = { fingerprint: string; answer?: object; at: number };

/** Answers by idempotency key, kept for 24 hours after the first request. */
export class IdempotencyKeys {
  private readonly known = new Map<string, Known>();

  /** "new" must be followed by {@link finish} or {@link release}; an object is the first answer, to be repeated. */
  claim(key: string, fingerprint: string, nowMs: number): "new" | "other request" | "in progress" | object {
    const before = this.known.get(key);
    if (!before || nowMs - before.at >= KEPT_MS) {
      this.known.set(key, { fingerprint, at: nowMs });
      return "new";
    }
    if (before.fingerprint !== fingerprint) return "other request";
    return before.answer ?? "in progress";
  }

  finish(key: string, answer: object): void {
    const known = this.known.get(key);
    if (known) known.answer = answer;
  }

  /** Forgets a key whose request was refused: it may be used again. */
  release(key: string): void {
    this.known.delete(key);
  }

  /** As if 24 hours had passed, or from the start. */
  clear(): void {
    this.known.clear();
  }
}
