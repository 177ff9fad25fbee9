import type { z } from "zod";
import { articleColumns } from "@/lib/watch/csv";
import * as cell from "@/lib/watch/csv-cells";
import type { CsvProblemCode } from "@/lib/watch/csv-problems";

/** A form's fields are read as the cells of a sheet are: one rule, however an article comes in. */
const articleForm = articleColumns.omit({ id: true, is_monitored: true }).extend({ title: cell.given });
export type ArticleFields = z.infer<typeof articleForm>;
export type ArticleField = keyof ArticleFields;

/** Why a field is not taken; `taken`: the owner watches this page for this keyword already. */
export type FieldProblem = CsvProblemCode | "taken";
export type FieldProblems = Partial<Record<ArticleField, FieldProblem>>;

export type ReadForm = { ok: true; fields: ArticleFields } | { ok: false; problems: FieldProblems };

/** Reads the form of an article. `muted_kinds` comes as check boxes beside the choice whose kinds hold. */
export function readArticleForm(form: FormData): ReadForm {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const competitors = text("competitors").split(/[\s,;]+/);
  const muted = form.getAll("muted_kinds").map(String);
  const given = Object.fromEntries(Object.keys(articleForm.shape).map((name) => [name, text(name)]));
  const parsed = articleForm.safeParse({
    ...given,
    competitors: competitors.join(";"),
    muted_kinds: text("muted_by") === "article" ? muted.join(";") || cell.NONE : "",
  });
  if (parsed.success) return { ok: true, fields: parsed.data };
  const problems: FieldProblems = {};
  for (const { path, message } of parsed.error.issues) {
    const field = path[0] as ArticleField;
    problems[field] ??= message as CsvProblemCode;
  }
  return { ok: false, problems };
}
