import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import { PrintersMark } from "@/components/sheet/printers-mark";
import { Side } from "@/components/sheet/side";
import { Time } from "@/components/time/time";
import type { Sheet, SheetBody } from "@/lib/admin/public-sheet";
import { isJapanese, mostlyJapanese, tiersOf } from "@/lib/admin/tiers";

type Printed = Extract<SheetBody, { kind: "final" | "provisional" }>;

/**
 * The banzuke: the theme down the middle, east at the right of it, west at the left, the first places
 * largest. Japanese works are written from top to bottom, others across.
 */
export function SheetView({ sheet, body }: { sheet: Sheet; body: Printed }) {
  const vertical = mostlyJapanese(body.entries);
  const tiers = tiersOf(body.entries);
  const rows: CSSProperties & Record<"--rows", number> = { "--rows": tiers.length + 1 };
  return (
    <article className="border-2 border-ink bg-raised font-serif">
      <div className="grid grid-cols-2 lg:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]" style={rows}>
        <Middle sheet={sheet} body={body} />
        <Side side="east" tiers={tiers} vertical={vertical} />
        <Side side="west" tiers={tiers} vertical={vertical} />
      </div>
      <PrintersMark body={body} />
    </article>
  );
}

function Middle({ sheet, body }: { sheet: Sheet; body: Printed }) {
  const t = useTranslations("ranking");
  const { title, date, sponsored } = sheet.theme;
  const down = isJapanese(title);
  return (
    <header
      lang={down ? "ja" : undefined}
      className={`col-span-2 flex flex-col items-center gap-3 px-4 py-6 max-lg:border-b max-lg:border-ink lg:order-2 lg:col-span-1 lg:[grid-row:span_var(--rows)] lg:border-x lg:border-ink lg:px-6 lg:py-8 ${
        down ? "" : "lg:max-w-52"
      }`}
    >
      <p className="font-sans tabular-nums">{date}</p>
      <h1
        className={`text-center text-[clamp(1.9rem,4.2vw,3.4rem)] leading-tight font-black ${
          down ? "lg:vertical lg:tracking-[0.08em]" : "lg:text-[2rem]"
        }`}
      >
        {title}
      </h1>
      <p
        className={`border px-2 py-0.5 font-sans ${
          body.kind === "final" ? "border-ink" : "border-late-mark text-late"
        }`}
      >
        {t(body.kind)}
      </p>
      {sponsored ? <p className="font-sans text-small text-faint">{t("sponsored")}</p> : null}
      {body.kind === "provisional" ? (
        <p className="max-w-40 text-center font-sans text-small text-faint">
          {t("provisionalWhat")}
          <br />
          {sheet.closed ? (
            t("awaiting")
          ) : (
            <>
              {t("closes")} <Time at={sheet.theme.closesAt} />
            </>
          )}
        </p>
      ) : null}
    </header>
  );
}
