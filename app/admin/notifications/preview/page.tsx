import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { MailView } from "@/components/admin/notifications/mail-view";
import { PreviewChoices } from "@/components/admin/notifications/preview-choice";
import { SlackView } from "@/components/admin/notifications/slack-view";
import { TestSend } from "@/components/admin/notifications/test-send";
import { PageTitle, PartTitle } from "@/components/admin/page-title";
import { Unavailable } from "@/components/admin/unavailable";
import { attempt } from "@/lib/admin/attempt";
import { NOTIFICATIONS_PATH } from "@/lib/admin/notification-filter";
import {
  type PreviewChoice,
  previewAddress,
  previewChoiceOf,
  renderPreview,
} from "@/lib/admin/notification-preview";
import type { SearchParams } from "@/lib/admin/search-params";
import { requireAdminOn } from "@/lib/platform/session";

/** A test message is sent inside this route's function. */
export const maxDuration = 60;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notifications"))("preview") };
}

/** Every kind of digest as its readers see it, and a real message to try the road with. */
export default async function PreviewPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, reader, params] = await Promise.all([
    getTranslations("notifications"),
    getLocale(),
    searchParams,
  ]);
  const choice = previewChoiceOf(params, reader);
  const found = await attempt(() => requireAdminOn(previewAddress(choice)));
  return (
    <>
      <PageTitle title={t("preview")}>
        <Link href={NOTIFICATIONS_PATH} className="link">
          {t("message.back")}
        </Link>
      </PageTitle>
      {found.ok ? (
        <>
          <PartTitle>{t("test.title")}</PartTitle>
          <p className="mb-3 text-faint">{t("test.lead")}</p>
          <TestSend />
          <PartTitle>{t("sample.title")}</PartTitle>
          <PreviewChoices choice={choice} />
          <Preview choice={choice} />
        </>
      ) : (
        <Unavailable away={found.away} />
      )}
    </>
  );
}

async function Preview({ choice }: { choice: PreviewChoice }) {
  const t = await getTranslations("notifications.sample");
  const preview = await renderPreview(choice);
  const line = preview.channel === "email" ? preview.content.subject : preview.content.text;
  return (
    <figure>
      <figcaption className="mb-3">
        <span className="text-faint">{t(preview.channel === "email" ? "subject" : "line")}</span>{" "}
        <span className="font-medium break-words" data-testid="subject">
          {line}
        </span>{" "}
        <span className="text-small text-faint tabular-nums">{t("length", { count: line.length })}</span>
      </figcaption>
      {preview.channel === "email" ? (
        <MailView html={preview.content.html} subject={line} scheme={choice.scheme} width={choice.width} />
      ) : (
        <SlackView message={preview.content} className="max-w-[40rem]" />
      )}
    </figure>
  );
}
