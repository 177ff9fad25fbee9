import type { DigestArticle, Locale } from "@/lib/notify/types";
import { addDays } from "@/lib/time";
import type { ChangeKind, Observation } from "@/lib/watch/types";

/** The day of the samples, JST. */
export const SAMPLE_DAY = "2026-11-22";

/** An article and its last days; words in both languages, or the same for both. */
interface Sample {
  words: Record<Locale, [title: string, keyword: string]> | [title: string, keyword: string];
  path: string;
  kinds: [ChangeKind, ...ChangeKind[]];
  /** Days, oldest first: a position, `-` for not ranked, `!` for failed, `.` for none. The last is the change. */
  readings: string;
  source?: string;
  /** The last day, counted from today: -2 is the day before yesterday. */
  lastDay?: number;
}

/** An article with the change its readings end with. */
export function sampleArticle(sample: Sample, locale: Locale): DigestArticle {
  const { words, path, kinds, source = "serper", lastDay = 0 } = sample;
  const [title, keyword] = Array.isArray(words) ? words : words[locale];
  const readings = sample.readings.split(/[ ,]+/);
  const days = readings.map((reading, place): Observation => {
    const checkedOn = addDays(SAMPLE_DAY, lastDay + place + 1 - readings.length);
    if (reading === "-") return { checkedOn, status: "not_ranked", position: null };
    if (reading === "!" || reading === ".") return { checkedOn, status: "failed", position: null };
    return { checkedOn, status: "ok", position: Number(reading) };
  });
  const before = days.slice(0, -1);
  const previous = kinds.includes("lost_ranking")
    ? before.findLast(({ position }) => position !== null)
    : before.findLast(({ status }) => status !== "failed");
  return {
    articleId: path,
    title,
    url: `https://kurashi.example/${path}`,
    keyword,
    source,
    kind: kinds[0],
    changes: kinds,
    previous: endOf(previous),
    current: endOf(days.at(-1)),
    observedAt: `${SAMPLE_DAY}T00:07:31.000Z`,
    history: days.filter((_, place) => readings[place] !== "."),
  };
}

function endOf(day: Observation | undefined): DigestArticle["current"] {
  return { position: day?.position ?? null, on: day?.checkedOn ?? SAMPLE_DAY };
}

/** Positions that wander about one, the same on every call. */
export function wander(position: number, days: number, seed = 1): string {
  const steps = Array.from({ length: days }, (_, day) =>
    Math.round(1.6 * Math.sin((day + seed) * 1.7) + Math.cos(day * 0.9 + seed)),
  );
  return steps.map((step) => Math.max(1, position + step)).join(" ");
}

export const COFFEE: Sample = {
  words: {
    ja: ["コーヒー豆の選び方：産地と焙煎で変わる味", "コーヒー豆 選び方"],
    en: ["How to choose coffee beans", "choose coffee beans"],
  },
  path: "coffee-beans",
  kinds: ["left_top_3", "left_top_10", "drop"],
  readings: "6 6 5 5 4 5 4 4 3 4 3 3 2 3 3 4 3 2 2 3 3 2 3 3 4 3 3 3 3 12",
};

export const PLUMS: Sample = {
  words: {
    ja: ["梅干しの漬け方と土用干しの手順", "梅干し 作り方"],
    en: ["Pickling plums, step by step", "how to make umeboshi"],
  },
  path: "umeboshi",
  kinds: ["lost_ranking"],
  readings: "9 8 8 9 8 7 8 8 8 9 10 9 8 8 8 9 11 12 12 14 18 22 25 31 38 44 44 - - -",
};

export const SHOES: Sample = {
  words: {
    ja: ["古い革靴の手入れ", "革靴 手入れ"],
    en: ["Caring for old leather shoes", "leather shoe care"],
  },
  path: "leather-shoes",
  source: "search-console",
  kinds: ["lost_ranking"],
  readings: `${wander(18, 26)} 24.7 31.2 -`,
  lastDay: -2,
};

export const KNIFE: Sample = {
  words: {
    ja: ["包丁の研ぎ方", "包丁 研ぎ方"],
    en: ["How to sharpen a kitchen knife", "sharpen kitchen knife"],
  },
  path: "sharpening",
  kinds: ["drop"],
  readings: `${wander(24, 28)} 23 35`,
};

export const BREAD: Sample = {
  words: {
    ja: ["はじめての天然酵母パン", "天然酵母 パン 初心者"],
    en: ["A first loaf of sourdough", "sourdough for beginners"],
  },
  path: "sourdough",
  kinds: ["entered_top_3", "entered_top_10", "rise"],
  readings: `${wander(16, 20)} 14 13 13 12 11 11 11 11 11 2`,
};

export const SEASONS: Sample = {
  words: {
    ja: ["二十四節気の暦", "二十四節気 2026"],
    en: ["The twenty-four solar terms", "solar terms 2026"],
  },
  path: "solar-terms",
  source: "manual",
  kinds: ["entered_top_10", "rise"],
  readings: "- - - - - - - 7",
};

export const PLANTS: Sample = {
  words: {
    ja: ["冬の観葉植物の水やり", "観葉植物 冬 水やり"],
    en: ["Watering house plants in winter", "water plants winter"],
  },
  path: "winter-plants",
  source: "search-console",
  kinds: ["drop"],
  readings:
    "7.2 7.4 7.1 6.9 7 7.3 7.2 6.8 6.6 6.9 7.1 7 6.7 6.5 6.4 6.6 6.8 7 7.1 6.9 6.8 6.7 6.9 7.1 7.2 7 6.8 6.9 7.25 12.4",
  lastDay: -2,
};

/** Both round to 10; only one is in the top 10. */
export const RICE: Sample = {
  words: {
    ja: ["土鍋ごはんの炊き方", "土鍋 ごはん"],
    en: ["Cooking rice in a clay pot", "clay pot rice"],
  },
  path: "clay-pot",
  source: "search-console",
  kinds: ["left_top_10"],
  readings: `${wander(9, 28)} 9.96 10.04`,
  lastDay: -2,
};

export const HUT: Sample = {
  words: {
    ja: ["山小屋の予約の取り方", "山小屋 予約"],
    en: ["How to book a mountain hut", "book mountain hut"],
  },
  path: "mountain-hut",
  kinds: ["rise"],
  readings: "14 13 14 ! ! ! 15 14 . . 13 13 14 15 - - 16 15 ! 14 14 13 12 13 . . . 13 ! 8",
};

export const SNOW: Sample = {
  words: {
    ja: ["雪山の装備", "雪山 装備"],
    en: ["What to pack for snow", "snow gear"],
  },
  path: "snow-gear",
  kinds: ["drop"],
  readings: "41 52",
};

const JUGEMU =
  "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処藪ら柑子の藪柑子パイポパイポパイポのシューリンガン";

/** What people and programs put into titles. */
export const TITLES: Sample[] = [
  {
    words: [JUGEMU.repeat(3), "寿限無 全文 ".repeat(20)],
    path: "jugemu",
    kinds: ["left_top_3", "drop"],
    readings: `${wander(4, 28)} 3 9`,
  },
  {
    words: ["كيف تختار حبوب القهوة المناسبة لك", "اختيار حبوب القهوة"],
    path: "ar/coffee",
    kinds: ["left_top_3"],
    readings: `${wander(3, 28)} 3 4`,
  },
  {
    words: [
      `<script>alert("1")</script> & <b>bold</b> 'quoted' \`\`\`code <!channel>`,
      "<img src=x onerror=alert(1)>",
    ],
    path: "script?a=1&b=<2>|3",
    kinds: ["drop"],
    readings: `${wander(12, 29)} 18`,
  },
  {
    words: ["👩‍👩‍👧‍👦 家族で行く 🏔️ 紅葉の山 🍁".repeat(4), "紅葉 🍁"],
    path: "family-hike",
    kinds: ["rise"],
    readings: `${wander(20, 29)} 12`,
  },
  {
    words: ["one line\r\nBcc: everybody@example.com\u2028and \u202eanother\u0000", "line\nbreak"],
    path: "line-breaks",
    kinds: ["rise"],
    readings: `${wander(30, 29)} 21`,
  },
];
