import Link from "next/link";
import { useTranslations } from "next-intl";
import { ThemeStageMark } from "@/components/admin/theme-stage";
import { Time } from "@/components/time/time";
import { Body, Cell, ColumnName, Head, Row, Table } from "@/components/ui/table";
import type { ThemeRow } from "@/lib/admin/themes";

/** Themes, a row each; the day leads, for that is how people ask for them. */
export function ThemeTable({ themes }: { themes: ThemeRow[] }) {
  const t = useTranslations("contest");
  return (
    <Table label={t("title")}>
      <Head>
        <ColumnName>{t("columns.day")}</ColumnName>
        <ColumnName>{t("columns.theme")}</ColumnName>
        <ColumnName>{t("columns.state")}</ColumnName>
        <ColumnName>{t("columns.closes")}</ColumnName>
        <ColumnName figures>{t("columns.works")}</ColumnName>
        <ColumnName figures>{t("columns.entries")}</ColumnName>
        <ColumnName className="md:pl-8">{t("columns.finalized")}</ColumnName>
      </Head>
      <Body>
        {themes.map((theme) => (
          <Row key={theme.id} data-stage={theme.stage} className="relative hover:bg-raised">
            <Cell className="whitespace-nowrap tabular-nums">{theme.date}</Cell>
            <Cell className="max-md:w-full max-md:order-first">
              <Link
                href={`/admin/contest/${encodeURIComponent(theme.id)}`}
                prefetch={false}
                data-testid={`theme-${theme.id}`}
                className="font-medium after:absolute after:inset-0 hover:underline"
              >
                {theme.title}
              </Link>
              {theme.sponsored ? <span className="ml-2 text-small text-faint">{t("sponsored")}</span> : null}
            </Cell>
            <Cell>
              <ThemeStageMark stage={theme.stage} version={theme.version} />
            </Cell>
            <Cell name={t("columns.closes")} className="[&_button]:relative [&_button]:z-1">
              <Time at={theme.closesAt} />
            </Cell>
            <Cell figures name={t("columns.works")}>
              {theme.works.toLocaleString("en-US")}
            </Cell>
            <Cell
              figures
              className={theme.entries === null ? "max-md:hidden" : ""}
              name={t("columns.entries")}
            >
              {theme.entries?.toLocaleString("en-US") ?? <span className="text-faint">–</span>}
            </Cell>
            <Cell className="[&_button]:relative [&_button]:z-1 max-md:hidden md:pl-8">
              {theme.finalizedAt ? (
                <Time at={theme.finalizedAt} tense="past" />
              ) : (
                <span className="text-faint">–</span>
              )}
            </Cell>
          </Row>
        ))}
      </Body>
    </Table>
  );
}
