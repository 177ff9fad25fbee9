import type { DigestArticle, DigestFacts, Locale } from "@/lib/notify/types";
import {
  BREAD,
  COFFEE,
  HUT,
  KNIFE,
  PLANTS,
  PLUMS,
  RICE,
  SAMPLE_DAY,
  SEASONS,
  SHOES,
  SNOW,
  sampleArticle,
  TITLES,
  wander,
} from "./sample-articles";

/** Digests that could have been: for the preview page, `npm run email`, and tests. */
const ARTICLES = {
  drop: inBoth(COFFEE),
  lost: inBoth(PLUMS, SHOES),
  mixed: inBoth(PLUMS, COFFEE, KNIFE, BREAD, SEASONS),
  averages: inBoth(RICE, PLANTS),
  gaps: inBoth(SNOW, HUT),
  titles: inBoth(...TITLES),
  forty: (locale: Locale) => series(40, locale),
  three_hundred: (locale: Locale) => series(300, locale),
};

export type SampleName = keyof typeof ARTICLES;
export const SAMPLE_NAMES = Object.keys(ARTICLES).filter((name): name is SampleName => name in ARTICLES);

/** A sample digest in a language, the same on every call. `gaps` is for a reader in Kathmandu, the others in Tokyo. */
export function sampleDigest(name: SampleName, locale: Locale): DigestFacts {
  return {
    userId: "user-1",
    locale,
    timezone: name === "gaps" ? "Asia/Kathmandu" : "Asia/Tokyo",
    localDate: SAMPLE_DAY,
    composedAt: `${SAMPLE_DAY}T01:00:04.000Z`,
    articles: ARTICLES[name](locale),
    links: {
      preferences: "https://banzuke.example/preferences?token=eyJ1IjoidXNlci0xIn0.c2lnbmF0dXJl",
      unsubscribe: "https://banzuke.example/unsubscribe?token=eyJ1IjoidXNlci0xIn0.c2lnbmF0dXJl",
    },
  };
}

function inBoth(...samples: Parameters<typeof sampleArticle>[0][]): (locale: Locale) => DigestArticle[] {
  return (locale) => samples.map((sample) => sampleArticle(sample, locale));
}

/** Parts of one series: four in five fell, the last ones rose. */
function series(count: number, locale: Locale): DigestArticle[] {
  return Array.from({ length: count }, (_, place) => {
    const fell = place < count * 0.8;
    const from = 8 + ((place * 7) % 40);
    const to = fell ? from + 4 + (place % 9) : from - 5;
    const part = place + 1;
    return sampleArticle(
      {
        words: {
          ja: [`四季の台所 第${part}回：旬の野菜と保存のこつ`, `旬の野菜 ${part}`],
          en: [`The seasonal kitchen, part ${part}`, `seasonal vegetables ${part}`],
        },
        path: `kitchen/${part}`,
        kinds: [fell ? "drop" : "rise"],
        readings: `${wander(from, 28, part)} ${from} ${to}`,
      },
      locale,
    );
  });
}
