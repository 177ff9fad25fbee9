"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Field, fieldProps, INPUT } from "@/components/admin/watch/field";
import { MutedKinds } from "@/components/admin/watch/muted-kinds";
import { ThresholdFields } from "@/components/admin/watch/threshold-fields";
import { useKeptForm } from "@/components/admin/watch/use-kept-form";
import { Button, buttonLook } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { saveArticle } from "@/lib/admin/watch-actions";
import type { Article } from "@/lib/admin/watch-article";
import type { ArticleField } from "@/lib/admin/watch-article-form";
import { SOURCES } from "@/lib/watch/types";

interface ArticleFormProps {
  /** Null: a new one. */
  article: Article | null;
  users: string[];
  /** The owner a new one starts with. */
  userId?: string | null;
}

/** Every field of an article; errors stand beside their fields, and nothing typed is lost. */
export function ArticleForm({ article, users, userId = null }: ArticleFormProps) {
  const t = useTranslations("watch.form");
  const common = useTranslations("common.actions");
  const [state, action, pending] = useActionState(saveArticle.bind(null, article?.id ?? null), null);
  const form = useKeptForm(action, state);
  const problems = state && "problems" in state ? state.problems : {};
  const problemOf = (name: ArticleField) => {
    const problem = problems[name];
    return problem ? t(`problems.${problem}`) : undefined;
  };
  const input = (name: ArticleField) => fieldProps(name, problems[name]);

  return (
    <form {...form} className="max-w-3xl space-y-8">
      <fieldset className="grid gap-x-6 gap-y-3 md:grid-cols-2">
        <legend className="mb-3 font-medium">{t("what")}</legend>
        <Field name="url" label={t("url")} error={problemOf("url")} className="md:col-span-2">
          <input
            {...input("url")}
            type="url"
            inputMode="url"
            placeholder="https://example.com/articles/42"
            defaultValue={article?.url}
            className={`${INPUT} h-9`}
          />
        </Field>
        <Field name="title" label={t("title")} error={problemOf("title")}>
          <input {...input("title")} defaultValue={article?.title} className={`${INPUT} h-9`} />
        </Field>
        <Field name="keyword" label={t("keyword")} hint={t("keywordHint")} error={problemOf("keyword")}>
          <input {...input("keyword")} defaultValue={article?.keyword} className={`${INPUT} h-9`} />
        </Field>
        <Field name="user_id" label={t("user")} hint={t("userHint")} error={problemOf("user_id")}>
          <input
            {...input("user_id")}
            list="known-users"
            autoComplete="off"
            defaultValue={article?.user_id ?? userId ?? ""}
            className={`${INPUT} h-9`}
          />
          <datalist id="known-users">
            {users.map((user) => (
              <option key={user} value={user} />
            ))}
          </datalist>
        </Field>
      </fieldset>

      <fieldset className="grid gap-x-6 gap-y-3 md:grid-cols-2">
        <legend className="mb-3 font-medium">{t("where")}</legend>
        <Field name="source" label={t("source")} error={problemOf("source")}>
          <select {...input("source")} defaultValue={article?.source ?? "serper"} className={`${INPUT} h-9`}>
            {SOURCES.map((source) => (
              <option key={source} value={source}>
                {t(`sources.${source}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field name="property" label={t("property")} hint={t("propertyHint")} error={problemOf("property")}>
          <input
            {...input("property")}
            placeholder="sc-domain:example.com"
            defaultValue={article?.property ?? ""}
            className={`${INPUT} h-9`}
          />
        </Field>
        <Field name="country" label={t("country")} hint={t("countryHint")} error={problemOf("country")}>
          <input {...input("country")} defaultValue={article?.country ?? "jp"} className={`${INPUT} h-9`} />
        </Field>
        <Field name="language" label={t("language")} hint={t("languageHint")} error={problemOf("language")}>
          <input {...input("language")} defaultValue={article?.language ?? "ja"} className={`${INPUT} h-9`} />
        </Field>
        <Field
          name="competitors"
          label={t("competitors")}
          hint={t("competitorsHint")}
          error={problemOf("competitors")}
          className="md:col-span-2"
        >
          <textarea
            {...input("competitors")}
            rows={3}
            placeholder={"example.org\nexample.net"}
            defaultValue={article?.competitors.join("\n")}
            className={`${INPUT} py-1.5`}
          />
        </Field>
      </fieldset>

      <fieldset>
        <legend className="font-medium">{t("when")}</legend>
        <p className="mb-3 text-faint">{t("whenHint")}</p>
        <ThresholdFields values={article} problemOf={problemOf} empty="owner" />
        <MutedKinds kinds={article?.muted_kinds ?? null} inherits />
      </fieldset>

      <div role="alert">
        {state && "refused" in state ? (
          <Notice tone="error" title={t(`refused.${state.refused}`)}>
            {t("refused.kept")}
          </Notice>
        ) : Object.keys(problems).length > 0 && !pending ? (
          <Notice tone="error" title={t("mend", { count: Object.keys(problems).length })}>
            {t("refused.kept")}
          </Notice>
        ) : null}
      </div>
      <div className="flex gap-2">
        <Button type="submit" look="solid" busy={pending} data-testid="save">
          {pending ? t("saving") : article ? t("save") : t("add")}
        </Button>
        <Link
          href={article ? `/admin/watch/${encodeURIComponent(article.id)}` : "/admin/watch"}
          className={buttonLook()}
        >
          {common("cancel")}
        </Link>
      </div>
    </form>
  );
}
