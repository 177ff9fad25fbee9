"use client";

import "./globals.css";

/**
 * The root layout itself failed: no language is known, so both speak, and nothing but this file is
 * relied on.
 */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Banzuke</title>
        <main className="mx-auto max-w-prose px-4 py-16">
          <h1 className="text-title font-medium">Banzuke 番付</h1>
          <p className="mt-4">
            This page could not be shown. Nothing was changed, and scheduled jobs go on. Try again in a
            moment.
          </p>
          <p className="mt-2" lang="ja">
            ページを表示できません。何も変更しておらず、定期ジョブは動き続けます。しばらくしてからもう一度試してください。
          </p>
          <button
            type="button"
            className="mt-6 h-8 rounded-sm border border-line-strong px-3"
            onClick={() => retry()}
          >
            Try again · もう一度試す
          </button>
        </main>
      </body>
    </html>
  );
}
