/** Requests per fixed window of one second, told in the headers of the IETF's RateLimit draft. */
export class RateLimit {
  private perSecond = 0;
  private window = 0;
  private used = 0;

  /** 0 takes the limit away. */
  set(requestsPerSecond: number): void {
    this.perSecond = requestsPerSecond;
    this.used = 0;
  }

  /** Counts a request in: its headers, and whether it may pass. Undefined without a limit. */
  count(nowMs: number): { headers: Record<string, string>; passes: boolean } | undefined {
    if (this.perSecond === 0) return undefined;
    const second = Math.floor(nowMs / 1_000);
    if (second !== this.window) {
      this.window = second;
      this.used = 0;
    }
    this.used += 1;
    const passes = this.used <= this.perSecond;
    const headers = {
      "ratelimit-limit": String(this.perSecond),
      "ratelimit-remaining": String(Math.max(0, this.perSecond - this.used)),
      "ratelimit-reset": "1",
    };
    return { headers: passes ? headers : { ...headers, "retry-after": "1" }, passes };
  }
}
