import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { signOut } from "@/app/sign-in/actions";
import { SignInForm } from "@/app/sign-in/sign-in-form";
import { Footer } from "@/components/footer";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { attempt } from "@/lib/admin/attempt";
import { safeNextPath } from "@/lib/admin/next-path";
import { readSession } from "@/lib/platform/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signIn"))("title"), robots: { index: false } };
}

/** Where operators come in. Whoever is in already goes on; whoever is no operator is told so. */
export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [t, params, session] = await Promise.all([
    getTranslations("signIn"),
    searchParams,
    attempt(readSession),
  ]);
  const next = safeNextPath(typeof params.next === "string" ? params.next : null);
  if (session.ok && session.value.kind === "operator") redirect(next);
  const stranger = session.ok && session.value.kind === "not_operator" ? session.value : null;
  return (
    <div className="mx-auto flex min-h-dvh max-w-[22rem] flex-col px-4">
      <main className="flex-1 pt-[16vh]">
        <p className="text-faint">
          <Link href="/" className="no-underline">
            Banzuke 番付
          </Link>
        </p>
        <h1 className="text-title font-medium">{t("title")}</h1>
        <p className="mb-6 text-faint">{t("lead")}</p>
        {session.ok ? null : (
          <div className="mb-6">
            <Notice tone="error" title={t("unreachable")}>
              <p>{t("unreachableTodo")}</p>
            </Notice>
          </div>
        )}
        {stranger ? (
          <Notice
            tone="error"
            title={t("notOperator", { email: stranger.email })}
            actions={
              <form action={signOut}>
                <Button type="submit">{t("signOut")}</Button>
              </form>
            }
          >
            <p>{t("notOperatorTodo")}</p>
          </Notice>
        ) : (
          <SignInForm next={next} />
        )}
      </main>
      <Footer />
    </div>
  );
}
