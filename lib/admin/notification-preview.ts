import "server-only";
import { NOTIFICATIONS_PATH } from "@/lib/admin/notification-filter";
import { SCHEMES, type Scheme } from "@/lib/admin/notification-mail";
import { oneOf, pathWith, type SearchParams } from "@/lib/admin/search-params";
import { CHANNELS, type ChannelName } from "@/lib/notify/channels/channel";
import { renderDigestEmail } from "@/lib/notify/kinds/rank-digest/email";
import { SAMPLE_NAMES, type SampleName, sampleDigest } from "@/lib/notify/kinds/rank-digest/samples";
import { renderDigestSlack } from "@/lib/notify/kinds/rank-digest/slack";
import { type EmailContent, LOCALES, type Locale, type SlackContent } from "@/lib/notify/types";

export const PREVIEW_PATH = `${NOTIFICATIONS_PATH}/preview`;
export const WIDTHS = [600, 360] as const;

/** Which message to show, and how. */
export interface PreviewChoice {
  sample: SampleName;
  locale: Locale;
  channel: ChannelName;
  scheme: Scheme;
  width: (typeof WIDTHS)[number];
}

/** The choice that an address names; what it does not name is the first of its kind. */
export function previewChoiceOf(params: Awaited<SearchParams>, reader: Locale): PreviewChoice {
  const chosen = <T extends string>(name: string, among: readonly T[], otherwise: T) =>
    among.find((one) => one === oneOf(params, name)) ?? otherwise;
  return {
    sample: chosen("sample", SAMPLE_NAMES, "drop"),
    locale: chosen("locale", LOCALES, reader),
    channel: chosen("channel", CHANNELS, "email"),
    scheme: chosen("scheme", SCHEMES, "light"),
    width: WIDTHS.find((width) => String(width) === oneOf(params, "width")) ?? 600,
  };
}

/** The address of a choice. */
export function previewAddress({ width, ...choice }: PreviewChoice): string {
  return pathWith(PREVIEW_PATH, { ...choice, width: String(width) });
}

/** A sample, rendered as it would be sent. */
export async function renderPreview({
  sample,
  locale,
  channel,
}: Pick<PreviewChoice, "sample" | "locale" | "channel">): Promise<
  { channel: "email"; content: EmailContent } | { channel: "slack"; content: SlackContent }
> {
  const facts = sampleDigest(sample, locale);
  return channel === "email"
    ? { channel, content: await renderDigestEmail(facts) }
    : { channel, content: renderDigestSlack(facts) };
}
