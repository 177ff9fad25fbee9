import { useTranslations } from "next-intl";
import { failureKey } from "@/lib/i18n/codes";

interface Failure {
  code: string;
  message: string;
  permanent: boolean;
}

/** A failure in words: what happened, what was kept, what to do, and what the machine said. */
export function FailureWords({ failure }: { failure: Failure }) {
  const t = useTranslations("failures");
  const key = failureKey(failure);
  return (
    <>
      <p className="text-ink">{t(`${key}.what`)}</p>
      <p>{t(`${key}.kept`)}</p>
      <p>{t(`${key}.todo`)}</p>
      <p className="font-mono text-small">
        {failure.code}: {failure.message}
      </p>
    </>
  );
}
