/** A stretch of a Slack text with one look. */
export interface SlackSpan {
  text: string;
  bold: boolean;
  code: boolean;
  /** Leads somewhere. */
  link: boolean;
}

const ENTITIES: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** Reads the part of Slack's markup that our messages use: `*bold*`, `` `code` `` and `<address|text>`. */
export function slackSpans(mrkdwn: string): SlackSpan[] {
  const spans: SlackSpan[] = [];
  let bold = false;
  const say = (raw: string, look: Partial<SlackSpan> = {}) => {
    const text = raw.replace(/&(amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
    if (text !== "") spans.push({ text, bold, code: false, link: false, ...look });
  };
  for (const [part] of mrkdwn.matchAll(/`[^`\n]+`|<[^<>\n]+>|\*|[^`<*]+|[`<]/g)) {
    if (part === "*") bold = !bold;
    else if (part.length > 1 && part.startsWith("`")) say(part.slice(1, -1), { code: true });
    else if (part.length > 1 && part.startsWith("<"))
      say(part.slice(1, -1).split("|").at(-1) ?? "", { link: true });
    else say(part);
  }
  return spans;
}

/** A block of a message as it is read: what it is, and its texts. Blocks of other kinds have none. */
export interface SlackBlock {
  kind: "header" | "section" | "context" | "other";
  texts: string[];
}

/** A Block Kit block, as far as our messages use them. */
export function slackBlock(block: Record<string, unknown>): SlackBlock {
  const { type, text, elements } = block;
  if (type === "header" || type === "section") return { kind: type, texts: textsOf([text]) };
  if (type === "context") return { kind: "context", texts: textsOf(Array.isArray(elements) ? elements : []) };
  return { kind: "other", texts: [] };
}

function textsOf(objects: unknown[]): string[] {
  return objects.flatMap((object) => {
    if (typeof object !== "object" || object === null || !("text" in object)) return [];
    return typeof object.text === "string" ? [object.text] : [];
  });
}
