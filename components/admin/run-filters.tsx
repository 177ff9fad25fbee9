import Form from "next/form";
import { useTranslations } from "next-intl";
import { AutoSubmit } from "@/components/admin/auto-submit";
import { Select } from "@/components/ui/select";
import type { RunFilter } from "@/lib/admin/runs";
import { triggers } from "@/lib/i18n/codes";

const STATUSES = ["running", "succeeded", "failed", "queued", "skipped", "canceled"] as const;

/** Which runs to show. A plain form: each choice is an address that can be sent to somebody. */
export function RunFilters({ filter, jobs }: { filter: RunFilter; jobs: string[] }) {
  const t = useTranslations();
  return (
    <Form
      action="/admin/runs"
      className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2"
      key={`${filter.job} ${filter.status} ${filter.trigger}`}
    >
      <Select label={t("runs.filters.job")} name="job" defaultValue={filter.job ?? ""}>
        <option value="">{t("runs.filters.all")}</option>
        {jobs.map((job) => (
          <option key={job}>{job}</option>
        ))}
      </Select>
      <Select label={t("runs.filters.status")} name="status" defaultValue={filter.status ?? ""}>
        <option value="">{t("runs.filters.all")}</option>
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {t(`states.${status}`)}
          </option>
        ))}
      </Select>
      <Select label={t("runs.filters.trigger")} name="trigger" defaultValue={filter.trigger ?? ""}>
        <option value="">{t("runs.filters.all")}</option>
        {triggers.map((trigger) => (
          <option key={trigger} value={trigger}>
            {t(`runs.triggers.${trigger}`)}
          </option>
        ))}
      </Select>
      <AutoSubmit label={t("runs.filters.apply")} />
    </Form>
  );
}
