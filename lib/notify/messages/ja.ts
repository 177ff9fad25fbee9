import { monthAndDay, placesBetween, positionFigure } from "./figures";
import type { Movement, NotifyMessages } from "./type";

const day = (date: string) => {
  const { month, day } = monthAndDay(date);
  return `${month}/${day}`;
};

const unranked = (source: string) => (source === "search-console" ? "表示なし" : "圏外");

const position = (position: number | null, source: string) =>
  position === null ? unranked(source) : `${positionFigure(position)}位`;

const arrow = ({ from, to, source }: Movement) => `${position(from, source)} → ${position(to, source)}`;

const CROSSED: Record<NonNullable<Movement["crossed"]>, string> = {
  left_top_3: "トップ3から外れました",
  left_top_10: "トップ10から外れました",
  entered_top_3: "トップ3に入りました",
  entered_top_10: "トップ10に入りました",
};

const MOVED = { fell: "下落", rose: "上昇" };

const COUNTED = [
  ["lost", "が圏外"],
  ["fell", "が下落"],
  ["rose", "が上昇"],
] as const;

const SOURCES: Record<string, string> = {
  "search-console": "Search Console の平均掲載順位",
  serper: "Google 検索結果（Serper）",
  manual: "CSV 取り込み",
};

const quote = (title: string) => `「${title}」`;

/** Every Japanese sentence of a digest. */
export const ja: NotifyMessages = {
  brand: "番付",
  titleInSubject: 36,

  position,
  day,
  days: (first, last) => `${day(first)}〜${day(last)} JST`,
  jstDay: (date) => `${day(date)} JST`,
  comma: "、",

  happened: (title, move) => {
    if (move.direction === "lost") {
      const last = move.from === null ? "" : `（最後は ${position(move.from, move.source)}）`;
      return move.source === "search-console"
        ? `${quote(title)}が検索結果に表示されなくなりました${last}`
        : `${quote(title)}が圏外になりました${last}`;
    }
    const line = move.crossed ? `（${CROSSED[move.crossed]}）` : "";
    return `${quote(title)}が ${arrow(move)}に${MOVED[move.direction]}${line}`;
  },
  counted: (counts) =>
    COUNTED.filter(([direction]) => counts[direction] > 0)
      .map(([direction, verb]) => `${counts[direction]}記事${verb}`)
      .join("、"),
  countedWith: (counts, title, move) => `${ja.counted(counts)}：${quote(title)}${arrow(move)}`,
  change: (move) => {
    if (move.direction === "lost") {
      const lost = move.source === "search-console" ? "検索結果に表示されなくなりました" : "圏外になりました";
      return move.from === null
        ? lost
        : `${lost}（最後は ${ja.jstDay(move.fromDay)} の ${position(move.from, move.source)}）`;
    }
    const places = placesBetween(move.from, move.to);
    const moved = `${places === null ? "圏外から" : `${places}ランク`}${MOVED[move.direction]}`;
    return move.crossed ? `${moved}、${CROSSED[move.crossed]}` : moved;
  },
  source: (name) => SOURCES[name] ?? name,
  readAt: (time) => `${time} 取得`,

  chart: ({ first, last, best, worst, gaps, notRanked, source }) =>
    `${ja.days(first, last)} の順位：${[
      best === null || worst === null
        ? "記録なし"
        : `最高 ${positionFigure(best)}位、最低 ${positionFigure(worst)}位`,
      gaps > 0 ? `記録のない日 ${gaps}日` : "",
      notRanked > 0 ? `${unranked(source)} ${notRanked}日` : "",
    ]
      .filter(Boolean)
      .join("、")}`,
  blank: "空白",
  marks: ({ gaps, notRanked, source }, signs) =>
    [gaps > 0 ? `${signs.gap}＝記録なし` : "", notRanked > 0 ? `${signs.notRanked}＝${unranked(source)}` : ""]
      .filter(Boolean)
      .join("　") || null,

  labelled: (label, value) => `${label}：${value}`,
  labels: {
    keyword: "キーワード",
    position: "順位",
    change: "変化",
    trend: "推移",
    source: "出典",
  },
  others: (count) => `ほか ${count}記事`,
  notShown: (count) => `さらに ${count}記事の順位が変わりました。`,

  why: "あなたが監視している記事の順位が変わったため、お知らせしています。",
  jstDays: "順位の日付は日本時間（JST）です。",
  preferences: "通知の設定",
  unsubscribe: "メールの配信停止",

  results: {
    heading: (theme, rank) =>
      rank === null ? `${quote(theme)}の結果が確定しました` : `${quote(theme)}の結果が確定：${rank}位`,
    work: (title, rank) => `${rank}位　${title}`,
    see: "ランキングを見る",
    closedAt: (time) => `${time} 確定`,
    why: "作品を投稿された方のうち、アプリの通知を受け取れない方にお送りしています。",
  },

  test: {
    subject: "番付からのテスト送信",
    heading: "これはテスト送信です",
    email: "順位のお知らせは、このアドレスに届きます。",
    slack: "順位のお知らせは、このチャンネルに届きます。",
    why: "管理画面からの操作で送られました。",
  },
};
