"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { signIn } from "@/app/sign-in/actions";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

const FIELD =
  "block h-9 w-full rounded-sm border border-line-strong bg-raised px-2 text-ink aria-invalid:border-failed";

/** E-mail and password. Works before the page is alive too. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("signIn");
  const [state, action, pending] = useActionState(signIn, null);
  const wrong = state?.problem === "wrong" || state?.problem === "missing";
  return (
    <form action={action} className="space-y-4" noValidate>
      <input type="hidden" name="next" value={next} />
      <div className="space-y-1">
        <label htmlFor="email">{t("email")}</label>
        <input
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          required
          defaultValue={state?.email}
          aria-invalid={wrong || undefined}
          className={FIELD}
        />
      </div>
      <div className="space-y-1">
        <label htmlFor="password">{t("password")}</label>
        <input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          aria-invalid={wrong || undefined}
          className={FIELD}
        />
      </div>
      <div role="alert">{state && !pending ? <Problem problem={state.problem} /> : null}</div>
      <Button type="submit" look="solid" busy={pending} className="w-full">
        {pending ? t("submitting") : t("submit")}
      </Button>
    </form>
  );

  function Problem({ problem }: { problem: NonNullable<typeof state>["problem"] }) {
    return (
      <Notice tone="error" title={t(problem)}>
        {problem === "missing" ? null : <p>{t(`${problem}Todo`)}</p>}
      </Notice>
    );
  }
}
