import Link from "next/link";
import { useTranslations } from "next-intl";
import { Time } from "@/components/time/time";
import { StateMark } from "@/components/ui/state-mark";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import { pathWith } from "@/lib/admin/search-params";
import { WEIGHTS_PATH } from "@/lib/admin/trending-filter";
import { weightText } from "@/lib/admin/trending-numbers";
import type { WeightsPage } from "@/lib/admin/trending-weights";
import { SCORE_PARTS } from "@/lib/trending/types";

/** Every profile with its weights, the one in force marked; each opens in the form below. */
export function ProfileTable({ page, selected }: { page: WeightsPage; selected: string | null }) {
  const t = useTranslations("trending.weighing");
  return (
    <Table label={t("profiles")}>
      <Head>
        <ColumnName>{t("columns.name")}</ColumnName>
        <ColumnName>{t("columns.state")}</ColumnName>
        {SCORE_PARTS.map((part) => (
          <ColumnName key={part} figures>
            {t(`columns.${part}`)}
          </ColumnName>
        ))}
        <ColumnName className="md:pl-8">{t("columns.changed")}</ColumnName>
      </Head>
      <Body>
        {page.profiles.map((profile) => (
          <Row
            key={profile.name}
            data-testid={`profile-${profile.name}`}
            data-in-force={profile.inForce}
            className={`relative hover:bg-raised ${profile.name === selected ? "bg-raised" : ""}`}
          >
            <Cell className="max-md:w-full">
              <Link
                href={pathWith(WEIGHTS_PATH, { profile: profile.name })}
                scroll={false}
                aria-current={profile.name === selected ? "true" : undefined}
                className="font-medium break-all after:absolute after:inset-0 hover:underline aria-[current]:underline"
              >
                {profile.name}
              </Link>
            </Cell>
            <Cell className="max-md:w-full">
              {profile.inForce ? (
                <span className="whitespace-nowrap">
                  <StateMark kind="on_time">{t("inForce")}</StateMark>{" "}
                  <span className="text-small text-faint">{t(page.chosen ? "byAdmin" : "bySetting")}</span>
                </span>
              ) : profile.name === page.setting.name ? (
                <span className="text-small text-faint">{t("isSetting")}</span>
              ) : null}
            </Cell>
            {SCORE_PARTS.map((part) => (
              <Cell
                key={part}
                figures
                name={t(`columns.${part}`)}
                className={profile.weights[part] === 0 ? "text-faint max-md:hidden" : ""}
              >
                {weightText(profile.weights[part])}
              </Cell>
            ))}
            <Cell
              name={t("columns.changed")}
              className="whitespace-nowrap text-faint max-md:w-full md:pl-8 [&_button]:relative [&_button]:z-1"
            >
              <Time at={profile.updatedAt} tense="past" />
            </Cell>
          </Row>
        ))}
      </Body>
    </Table>
  );
}
