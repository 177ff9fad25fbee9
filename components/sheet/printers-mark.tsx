import { useTranslations } from "next-intl";
import { Time } from "@/components/time/time";
import { CopyText } from "@/components/ui/copy-text";
import type { SheetBody } from "@/lib/admin/public-sheet";

type Printed = Extract<SheetBody, { kind: "final" | "provisional" }>;

/** The foot of the sheet: when it was printed, which version, and the checksum that proves it. */
export function PrintersMark({ body }: { body: Printed }) {
  const t = useTranslations("ranking");
  const shown = body.entries.length;
  return (
    <footer className="flex flex-wrap items-baseline justify-center gap-x-6 gap-y-1 border-t border-ink px-4 py-3 font-sans text-small">
      <span className="text-faint">
        {shown < body.total
          ? t("shown", { count: shown, total: body.total })
          : t("entries", { count: shown })}
      </span>
      {body.kind === "final" ? (
        <>
          <span>
            {t("finalizedAt")} <Time at={body.finalizedAt} absolute />
          </span>
          <span>{t("version", { version: body.version })}</span>
          <span>
            {t("checksum")} <CopyText text={body.checksum} shown={24} />
          </span>
        </>
      ) : (
        <span>
          {t("asOf")} <Time at={body.readAt} absolute />
        </span>
      )}
    </footer>
  );
}
