import { type SlackSpan, slackBlock, slackSpans } from "@/lib/admin/notification-mrkdwn";
import type { FrozenSlack } from "@/lib/notify/channels/slack";

/** A Slack message, as its readers see it. Links are shown, not followed: they carry the reader's token. */
export function SlackView({ message, className = "" }: { message: FrozenSlack; className?: string }) {
  return (
    <div className={`space-y-3 border border-line bg-paper p-4 text-ink ${className}`}>
      {message.blocks.map(slackBlock).map(({ kind, texts }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a frozen message; its blocks never move.
        <div key={place}>
          {kind === "header" ? <p className="text-title font-medium break-words">{texts.join(" ")}</p> : null}
          {kind === "section" ? texts.map((text) => <Mrkdwn key={text} text={text} />) : null}
          {kind === "context" ? (
            <p className="flex flex-wrap gap-x-3 text-small text-faint">
              {texts.map((text) => (
                <Mrkdwn key={text} text={text} />
              ))}
            </p>
          ) : null}
        </div>
      ))}
    </div>
  );
}

function Mrkdwn({ text }: { text: string }) {
  return (
    <span className="block whitespace-pre-wrap break-words">
      {slackSpans(text).map((span, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: spans of a text that never changes.
        <span key={place} className={lookOf(span)}>
          {span.text}
        </span>
      ))}
    </span>
  );
}

function lookOf({ bold, code, link }: SlackSpan): string | undefined {
  const looks = [
    bold && "font-medium",
    code && "font-mono",
    link && "text-accent underline decoration-accent/40 underline-offset-2",
  ];
  return looks.filter(Boolean).join(" ") || undefined;
}
