import type { Posting } from "./slack-posting";

/** A message that Slack took; `GET /_emulate/messages` lists them in order. */
export type PostedMessage = Posting & {
  /** The id of the channel, which the caller may have named by `#name`. */
  channelId: string;
  ts: string;
  /** Epoch milliseconds. */
  at: number;
};

/** What conversations.history is asked for. */
export type HistoryRange = {
  oldest: number;
  latest: number;
  inclusive: boolean;
  limit: number;
  cursor: string;
};

/** Channels and messages of one workspace. Channels are made as they are named, `#ops` is there from the start. */
export class Workspace {
  readonly messages: PostedMessage[] = [];
  private readonly ids = new Map<string, string>();
  private readonly byChannel = new Map<string, PostedMessage[]>();
  private lastMicros = 0;

  constructor() {
    this.clear();
  }

  clear(): void {
    this.messages.length = 0;
    this.ids.clear();
    this.byChannel.clear();
    this.channelId("#ops");
  }

  /** The id of a channel given as id, `#name` or the name of a known one; undefined when there is none. */
  channelId(channel: string): string | undefined {
    if (/^[CDGU]/.test(channel)) {
      this.ids.set(channel.toLowerCase(), channel);
      return channel;
    }
    const name = channel.replace(/^#/, "");
    if (name !== channel && !this.ids.has(name))
      this.ids.set(name, `C${String(this.ids.size + 1).padStart(10, "0")}`);
    return this.ids.get(name);
  }

  /** Every channel named so far. */
  channels(): { id: string; name: string }[] {
    return [...this.ids].map(([name, id]) => ({ id, name }));
  }

  post(posting: Posting, channelId: string): PostedMessage {
    this.lastMicros = Math.max(Date.now() * 1_000, this.lastMicros + 1);
    const micros = String(this.lastMicros);
    const message = {
      ...posting,
      channelId,
      ts: `${micros.slice(0, -6)}.${micros.slice(-6)}`,
      at: Date.now(),
    };
    this.messages.push(message);
    const channel = this.byChannel.get(channelId);
    if (channel) channel.push(message);
    else this.byChannel.set(channelId, [message]);
    return message;
  }

  /** A page of a channel's messages, newest first, and where the next one begins ("" at the end). */
  history(channelId: string, range: HistoryRange): { page: PostedMessage[]; nextCursor: string } {
    const { oldest, latest, inclusive, limit, cursor } = range;
    const within = (this.byChannel.get(channelId) ?? []).filter(({ ts }) => {
      const time = Number(ts);
      return inclusive ? time >= oldest && time <= latest : time > oldest && time < latest;
    });
    const newestFirst = within.reverse();
    const from = cursor
      ? Math.max(
          0,
          newestFirst.findIndex(({ ts }) => ts === cursor),
        )
      : 0;
    return {
      page: newestFirst.slice(from, from + limit),
      nextCursor: newestFirst[from + limit]?.ts ?? "",
    };
  }
}
