import { useTranslations } from "next-intl";
import { durationOf } from "@/lib/i18n/time";

/** Says a length of time in milliseconds in the reader's language. For server and browser alike. */
export function useDuration(): (ms: number) => string {
  const t = useTranslations("common.duration");
  return (ms) => {
    const duration = durationOf(ms);
    switch (duration.kind) {
      case "ms":
      case "s":
        return t(duration.kind, { count: duration.count });
      case "min":
        return t("min", { minutes: duration.minutes, seconds: duration.seconds });
      case "h":
        return t("h", { hours: duration.hours, minutes: duration.minutes });
    }
  };
}
