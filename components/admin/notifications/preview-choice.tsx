import Form from "next/form";
import { useTranslations } from "next-intl";
import { AutoSubmit } from "@/components/admin/auto-submit";
import { Select } from "@/components/ui/select";
import { SCHEMES } from "@/lib/admin/notification-mail";
import { PREVIEW_PATH, type PreviewChoice, previewAddress, WIDTHS } from "@/lib/admin/notification-preview";
import { CHANNELS } from "@/lib/notify/channels/channel";
import { SAMPLE_NAMES } from "@/lib/notify/kinds/rank-digest/samples";
import { LOCALES } from "@/lib/notify/types";

const LANGUAGES = { ja: "日本語", en: "English" } as const;

/** Which sample to show, in which language, on which channel, and how. Each choice is an address. */
export function PreviewChoices({ choice }: { choice: PreviewChoice }) {
  const t = useTranslations("notifications");
  const email = choice.channel === "email";
  return (
    <Form
      action={PREVIEW_PATH}
      key={previewAddress(choice)}
      className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2"
    >
      <Select label={t("sample.label")} name="sample" defaultValue={choice.sample}>
        {SAMPLE_NAMES.map((name) => (
          <option key={name} value={name}>
            {t(`sample.names.${name}`)}
          </option>
        ))}
      </Select>
      <Select label={t("sample.language")} name="locale" defaultValue={choice.locale}>
        {LOCALES.map((locale) => (
          <option key={locale} value={locale}>
            {LANGUAGES[locale]}
          </option>
        ))}
      </Select>
      <Select label={t("sample.channel")} name="channel" defaultValue={choice.channel}>
        {CHANNELS.map((channel) => (
          <option key={channel} value={channel}>
            {t(`channels.${channel}`)}
          </option>
        ))}
      </Select>
      {email ? (
        <Select label={t("sample.scheme")} name="scheme" defaultValue={choice.scheme}>
          {SCHEMES.map((scheme) => (
            <option key={scheme} value={scheme}>
              {t(`sample.schemes.${scheme}`)}
            </option>
          ))}
        </Select>
      ) : null}
      {email ? (
        <Select label={t("sample.width")} name="width" defaultValue={choice.width}>
          {WIDTHS.map((width) => (
            <option key={width} value={width}>
              {width} px
            </option>
          ))}
        </Select>
      ) : null}
      <AutoSubmit label={t("sample.show")} />
    </Form>
  );
}
