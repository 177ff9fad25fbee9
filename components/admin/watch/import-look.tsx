import { useTranslations } from "next-intl";
import { CsvProblems } from "@/components/admin/watch/csv-problems";
import type { Look } from "@/components/admin/watch/use-import";
import { Notice } from "@/components/ui/notice";
import type { ImportKind } from "@/lib/admin/watch-sheet";

const SHOWN = 50;

/** What an import would do, or with `after` what it left out: problems by line, and rows that nobody is meant by. */
export function ImportLook({ kind, look, after = false }: { kind: ImportKind; look: Look; after?: boolean }) {
  const t = useTranslations("watch.importing");
  const { fresh, changed, problems, leftOut, failed, future } = look;
  const nothing = look.parts.length === 0;
  return (
    <div className="space-y-6" data-testid="import-look">
      {after ? null : (
        <Notice
          tone={nothing ? "error" : "plain"}
          title={nothing ? t("nothing") : t(`would.${kind}`, { fresh, changed })}
        >
          <p>{t("nothingWritten")}</p>
          {problems.length > 0 && !nothing ? <p>{t("withoutProblems")}</p> : null}
        </Notice>
      )}
      {failed > 0 ? <p className="text-faint">{t("failedLeftOut", { count: failed })}</p> : null}
      {future > 0 ? <p className="text-faint">{t("futureLeftOut", { count: future })}</p> : null}
      {leftOut.length > 0 ? (
        <section aria-label={t(`leftOut.${kind}`, { count: leftOut.length })}>
          <h2 className="font-medium">{t(`leftOut.${kind}`, { count: leftOut.length })}</h2>
          <ul className="mt-1 text-small break-all text-faint">
            {leftOut.slice(0, SHOWN).map((label) => (
              <li key={label}>{label}</li>
            ))}
            {leftOut.length > SHOWN ? <li>{t("more", { count: leftOut.length - SHOWN })}</li> : null}
          </ul>
        </section>
      ) : null}
      {problems.length > 0 ? <CsvProblems problems={problems} /> : null}
    </div>
  );
}
