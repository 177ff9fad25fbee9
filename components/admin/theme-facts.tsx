import Link from "next/link";
import { useTranslations } from "next-intl";
import { VerifyChecksum } from "@/components/admin/verify-checksum";
import { Time } from "@/components/time/time";
import { CopyText } from "@/components/ui/copy-text";
import { Fact, Facts } from "@/components/ui/facts";
import type { ThemePage } from "@/lib/admin/theme-page";

const FAULTS = ["missing", "not_a_count", "likes_above_impressions"] as const;

/** What is on record about a theme: its version and checksum, faults found, versions that were replaced. */
export function ThemeFacts({ page }: { page: ThemePage }) {
  const t = useTranslations("theme");
  const { theme, snapshot, superseded } = page;
  const faults = FAULTS.filter((fault) => snapshot && snapshot.faults[fault] > 0);
  return (
    <Facts>
      <Fact name={t("facts.closes")}>
        <Time at={theme.closesAt} absolute />
      </Fact>
      {snapshot ? (
        <>
          <Fact name={t("facts.finalizedAt")}>
            <Time at={snapshot.finalizedAt} absolute />
            {snapshot.runId ? (
              <>
                {" "}
                ·{" "}
                <Link href={`/admin/runs/${snapshot.runId}`} className="link">
                  {t("facts.seeRun")}
                </Link>
              </>
            ) : null}
          </Fact>
          <Fact name={t("facts.version")}>
            <span data-testid="version">{snapshot.version}</span>
            {superseded.length > 0 ? <Superseded versions={superseded} /> : null}
          </Fact>
          <Fact name={t("facts.entries")}>{snapshot.entries.toLocaleString("en-US")}</Fact>
          <Fact name={t("facts.checksum")}>
            <CopyText text={snapshot.checksum} shown={16} /> <VerifyChecksum themeId={theme.id} />
          </Fact>
          <Fact name={t("facts.faults")}>
            {faults.length === 0 ? (
              <span className="text-faint">{t("facts.noFaults")}</span>
            ) : (
              faults.map((fault) => t(`faults.${fault}`, { count: snapshot.faults[fault] })).join(" · ")
            )}
          </Fact>
        </>
      ) : null}
    </Facts>
  );
}

function Superseded({ versions }: { versions: ThemePage["superseded"] }) {
  const t = useTranslations("theme");
  return (
    <details className="inline-block pl-4 align-top">
      <summary className="link cursor-pointer">
        {t("superseded")} ({versions.length})
      </summary>
      <ul className="space-y-1 py-1">
        {versions.map((old) => (
          <li key={old.version} className="flex flex-wrap gap-x-4">
            <span>v{old.version}</span>
            <span>
              <Time at={old.finalizedAt} absolute /> → <Time at={old.supersededAt} absolute />
            </span>
            <span>
              {t("facts.entries")} {old.entries.toLocaleString("en-US")}
            </span>
            <CopyText text={old.checksum} shown={12} />
          </li>
        ))}
      </ul>
    </details>
  );
}
