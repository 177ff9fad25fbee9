import type { SourceName } from "@/lib/watch/types";

/** How an article of the demo does over the weeks, and what today brings. */
export interface DemoArticle {
  id: string;
  userId: string;
  url: string;
  title: string;
  keyword: string;
  source: SourceName;
  property: string | null;
  country: string;
  language: string;
  competitors: string[];
  isMonitored: boolean;
  /** The position it hovers around, and how far it wanders. */
  level: number;
  swing: number;
  story: "steady" | "cycle" | "dip" | "flaky" | "new" | "lost";
  /** What today's search finds, where it is not what the weeks before suggest; null: nothing. */
  surprise?: number | null;
  /** Days since its owner was last told. */
  toldDaysAgo?: number;
}

export interface DemoUser {
  id: string;
  email: string | null;
  slackChannel: string | null;
  locale: "ja" | "en";
  timezone: string;
  time: string;
  cooldownDays: number;
  dropThreshold: number | null;
  disabled: "bounced" | "unsubscribed" | null;
}

export const DEMO_USERS: DemoUser[] = [
  user("hana", { timezone: "Asia/Tokyo", time: "09:00", slackChannel: "C0HANA0001" }),
  user("ken", { timezone: "Asia/Tokyo", time: "18:30", cooldownDays: 0, dropThreshold: 2 }),
  user("mio", { timezone: "Asia/Tokyo", time: "07:00", disabled: "bounced", slackChannel: "C0MIO00001" }),
  user("alex", { timezone: "America/New_York", time: "08:00", locale: "en" }),
  user("priya", { timezone: "Asia/Kolkata", time: "09:30", locale: "en", slackChannel: "C0PRIYA001" }),
  user("lena", { timezone: "Europe/Berlin", time: "07:45", locale: "en", cooldownDays: 3 }),
];

const JA: [owner: string, slug: string, title: string, keyword: string][] = [
  ["hana", "coffee-beans", "コーヒー豆の選び方", "コーヒー豆 選び方"],
  ["hana", "hand-drip", "ハンドドリップの淹れ方 完全版", "ハンドドリップ 淹れ方"],
  ["hana", "cold-brew", "水出しコーヒーの作り方", "水出しコーヒー 作り方"],
  ["hana", "espresso-machine", "家庭用エスプレッソマシン比較", "エスプレッソマシン 家庭用"],
  ["hana", "coffee-mill", "手挽きミルのおすすめ 10 選", "コーヒーミル 手挽き おすすめ"],
  ["hana", "decaf", "デカフェは本当にカフェインゼロか", "デカフェ カフェイン"],
  ["hana", "latte-art", "ラテアート入門", "ラテアート やり方"],
  ["ken", "hiking-boots", "登山靴の選び方と手入れ", "登山靴 選び方"],
  ["ken", "mt-takao", "高尾山 初心者コースガイド", "高尾山 コース 初心者"],
  ["ken", "solo-tent", "ソロテント比較 2026", "ソロテント おすすめ"],
  ["ken", "headlamp", "ヘッドライトの明るさは何ルーメン必要か", "ヘッドライト 登山 ルーメン"],
  ["ken", "trail-snacks", "行動食のおすすめと量の目安", "行動食 おすすめ"],
  ["ken", "mt-fuji-weather", "富士山の天気と服装 月別ガイド", "富士山 天気 服装"],
  ["ken", "sleeping-bag", "寝袋の温度表示の読み方", "寝袋 温度 選び方"],
  ["mio", "sourdough", "サワードウスターターの育て方", "サワードウ 作り方"],
  ["mio", "milk-bread", "ホームベーカリーで作る生食パン", "生食パン ホームベーカリー"],
  ["mio", "bagel", "もちもちベーグルのレシピ", "ベーグル レシピ もちもち"],
  ["mio", "rice-flour", "米粉パンが膨らまない原因", "米粉パン 膨らまない"],
  ["mio", "yeast", "ドライイーストの代用になるもの", "ドライイースト 代用"],
  ["mio", "melon-pan", "メロンパンの皮をひび割れさせる方法", "メロンパン 皮 作り方"],
];

const EN: typeof JA = [
  ["alex", "standing-desk", "Standing desks compared", "best standing desk"],
  ["alex", "ergonomic-chair", "Ergonomic chairs under $400", "ergonomic chair under 400"],
  ["alex", "desk-cable", "Cable management that lasts", "desk cable management"],
  ["alex", "monitor-arm", "Choosing a monitor arm", "monitor arm for 34 inch"],
  ["alex", "keyboard-height", "How high should a keyboard be?", "correct keyboard height"],
  ["alex", "desk-lamp", "Desk lamps for tired eyes", "desk lamp eye strain"],
  ["priya", "filter-coffee", "South Indian filter coffee at home", "south indian filter coffee"],
  ["priya", "masala-dosa", "Masala dosa step by step", "masala dosa recipe"],
  ["priya", "ghee", "How to make ghee", "how to make ghee at home"],
  ["priya", "sambar-powder", "Sambar powder from scratch", "sambar powder recipe"],
  ["priya", "idli-batter", "Why idli batter does not ferment", "idli batter not fermenting"],
  ["priya", "chutney", "Twelve chutneys for a week", "chutney recipes"],
  ["lena", "night-train", "Night trains in Europe: the map", "night trains europe"],
  ["lena", "interrail", "Interrail on a budget", "interrail budget"],
  ["lena", "bike-train", "Taking a bike on the train", "bike on train europe"],
  ["lena", "seat-reservation", "Seat reservations explained", "interrail seat reservation"],
  ["lena", "luggage-lockers", "Luggage lockers at main stations", "luggage lockers berlin"],
  ["lena", "alpine-routes", "The most beautiful alpine railways", "alpine railway routes"],
  ["lena", "dog-train", "Travelling by train with a dog", "train travel with dog"],
  ["lena", "delay-refund", "How to get a refund for delays", "train delay refund eu"],
];

/** What is special about some of them, by slug. */
const SPECIAL: Record<string, Partial<DemoArticle>> = {
  "coffee-beans": { level: 2, swing: 0.35, toldDaysAgo: 12 },
  "hand-drip": { level: 4.5, swing: 0.25, surprise: 14 },
  "cold-brew": { level: 7, swing: 0.2, surprise: 2 },
  "espresso-machine": { level: 16, story: "cycle", swing: 0.5 },
  "coffee-mill": { level: 6, story: "dip" },
  "latte-art": { level: 9, swing: 0.2, surprise: 15, toldDaysAgo: 2 },
  "hiking-boots": { level: 3.2, swing: 0.2, surprise: 5 },
  "mt-takao": { level: 1.4, swing: 0.2 },
  "solo-tent": { level: 12, story: "flaky" },
  headlamp: { level: 18, swing: 0.3, surprise: null },
  "sleeping-bag": { isMonitored: false },
  sourdough: { level: 13, swing: 0.15, surprise: 8 },
  bagel: { level: 28, story: "lost" },
  "melon-pan": { isMonitored: false, level: 40 },
  "standing-desk": { level: 8, swing: 0.25, surprise: 19 },
  "monitor-arm": { level: 5, story: "dip" },
  "desk-lamp": { story: "new" },
  "filter-coffee": {
    level: 3.4,
    swing: 0.15,
    source: "search-console",
    property: "sc-domain:kitchen.example.com",
    surprise: 6.8,
  },
  "masala-dosa": {
    level: 7.6,
    swing: 0.2,
    source: "search-console",
    property: "sc-domain:kitchen.example.com",
  },
  ghee: { level: 11.3, swing: 0.25, source: "search-console", property: "sc-domain:kitchen.example.com" },
  chutney: { level: 21, source: "search-console", property: "sc-domain:not-shared.example.com" },
  "night-train": { level: 2.2, swing: 0.3, story: "cycle" },
  "delay-refund": { level: 9, source: "manual" },
};

const COMPARED = new Set(["coffee-beans", "coffee-mill", "hiking-boots", "standing-desk", "night-train"]);

const SITES: Record<string, string> = {
  hana: "coffee.banzuke.test",
  ken: "yama.banzuke.test",
  mio: "pan.banzuke.test",
  alex: "desk.example.com",
  priya: "kitchen.example.com",
  lena: "rails.example.com",
};

/** Forty articles of six owners. */
export const DEMO_ARTICLES: DemoArticle[] = [
  ...JA.map((row, index) => article(row, index, "jp", "ja")),
  ...EN.map((row, index) => article(row, JA.length + index, "us", "en")),
];

function article(
  [owner, slug, title, keyword]: (typeof JA)[number],
  index: number,
  country: string,
  language: string,
): DemoArticle {
  return {
    id: `demo-${slug}`,
    userId: `writer-${owner}`,
    url: `https://${SITES[owner]}/articles/${slug}`,
    title,
    keyword,
    source: "serper",
    property: null,
    country,
    language,
    competitors: COMPARED.has(slug) ? ["guide.example.net", "journal.example.org"] : [],
    isMonitored: true,
    level: 3 + ((index * 7) % 29),
    swing: 0.3,
    story: "steady",
    ...SPECIAL[slug],
  };
}

function user(name: string, settings: Partial<DemoUser> & Pick<DemoUser, "timezone" | "time">): DemoUser {
  return {
    id: `writer-${name}`,
    email: `${name}@banzuke.test`,
    slackChannel: null,
    locale: "ja",
    cooldownDays: 7,
    dropThreshold: null,
    disabled: null,
    ...settings,
  };
}
