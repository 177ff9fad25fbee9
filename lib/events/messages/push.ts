interface PushText {
  title: string;
  body: string;
}

const texts: Record<"ja" | "en", (theme: string) => PushText> = {
  ja: (theme) => ({ title: "結果が確定しました", body: `「${theme}」のランキングを見る` }),
  en: (theme) => ({ title: "Results are in", body: `See the final ranking of “${theme}”` }),
};

/** Title and body of the "results are in" push in the token's language; Japanese where it is unknown. */
export function pushText(locale: string, themeTitle: string): PushText {
  return texts[locale === "en" ? "en" : "ja"](themeTitle);
}
