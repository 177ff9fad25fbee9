import { useTranslations } from "next-intl";
import { readingFailureKey } from "@/lib/admin/watch-failures";

interface ReadingFailureProps {
  error: { code: string; message: string; permanent: boolean } | null;
  /** Only what happened, the message on hover. */
  short?: boolean;
}

/** Why nothing could be learned, in words; with what to do and the provider's own message where there is room. */
export function ReadingFailure({ error, short = false }: ReadingFailureProps) {
  const t = useTranslations("watch.failures");
  if (!error) return <>{t("passing.what")}</>;
  const key = readingFailureKey(error);
  if (short) return <span data-tip={error.message}>{t(`${key}.what`)}</span>;
  return (
    <>
      <span>{t(`${key}.what`)}</span> <span className="text-faint">{t(`${key}.todo`)}</span>
      <code className="block font-mono text-small break-words text-faint">
        {error.code}: {error.message}
      </code>
    </>
  );
}
