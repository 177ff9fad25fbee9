import { topic } from "@/lib/i18n/messages/ja/trending-topic";
import { weighing } from "@/lib/i18n/messages/ja/trending-weights";
import type { Messages } from "@/lib/i18n/messages/type";

export const trending: Messages["trending"] = {
  title: "トレンド",
  weights: "スコアの重み",
  refreshNow: "今すぐ更新",
  refreshing: "更新中…",
  window: "集計期間",
  windows: { "1h": "1 時間", "6h": "6 時間", "24h": "24 時間", "7d": "7 日間" },
  summary: {
    leads: "直近 {window}の {count, number} トピック中、首位は「{topic}」です。",
    listed: "直近 {window}で {count, number} 件のトピックが該当します。",
    matching: "直近 {window}のトピックのうち {count, number} 件が「{query}」に当たります。",
    nothing: "直近 {window}に話題のトピックはありません。",
    unknown: "現在のトレンドは表示できません。",
    counted: "集計は<nobr><time></time>、</nobr>",
    next: "次の更新は<nobr><time></time>。</nobr>",
    refreshing: "更新を実行中です。",
    off: "更新は停止しています。",
    proved: "<time></time> の全件再集計と一致しました。",
    drifted: "<time></time> の全件再集計で {count, number} 行の差異が見つかり、修正しました。",
    unproved: "全件再集計との照合はまだです。毎晩 03:10 JST に行います。",
  },
  stale: {
    old: "集計が古くなっています。最後の集計は<time></time>です（{minutes, number} 分を超えると旧データ扱い）。",
    building: "全件を集計し直しています",
    missing: "この期間はまだ集計されていません",
    disabled: "更新を停止しています",
    failing: "{count, plural, =1 {直近の更新が失敗しました} other {更新が # 回続けて失敗しました}}",
    readers:
      "その間 API は直接集計した結果を stale 付きで返します。正確ですが遅くなります。間に合わないときは、あれば古い集計を返します。",
    resting: "3 回続けて失敗したため 15 分休止し、その後に再開します。",
    seeRun: "実行の詳細",
    todoEnable:
      "TRENDING_ENABLED が false です。true にして（または削除して）デプロイすると、自動で再開します。",
    todoOld:
      "refresh-trending が 5 分ごとに呼ばれているか「実行履歴」で確認するか、「今すぐ更新」を押してください。",
    todoMissing: "次の更新で集計します。対応は不要です。",
    buildingRuns: "自動で続きます。対応は不要です。",
    buildingProgress: "{done, number} 回分が完了。自動で続くため、対応は不要です。",
    buildingStopped: "中断していますが、次の更新で続きから再開します。",
  },
  search: { label: "検索", what: "トピック名・ID", apply: "検索" },
  key: "スコアの重み「{profile}」（<link>変更</link>）：",
  columns: {
    rank: "順位",
    topic: "トピック",
    score: "スコア",
    why: "内訳",
    posts: "投稿",
    authors: "投稿者（増減）",
    authorsShort: "投稿者",
    boosts: "ブースト",
    replies: "返信",
    bookmarks: "保存",
    hours: "{hours, number} 時間",
  },
  parts: {
    sum: "{what} × {weight} = {points}",
    counted: {
      posts: "投稿 {shown} 件",
      uniqueAuthors: "投稿者 {shown} 人",
      boosts: "ブースト {shown} 件",
      replies: "返信 {shown} 件",
      bookmarks: "保存 {shown} 件",
      participantDelta: "投稿者の増減 {count} 人",
    },
    names: {
      posts: "投稿",
      uniqueAuthors: "投稿者",
      boosts: "ブースト",
      replies: "返信",
      bookmarks: "保存",
      participantDelta: "投稿者の増減",
    },
  },
  spark: {
    none: "記録なし",
    now: "現在のスコア {score}。以前の記録はありません",
    summary: "直近 {hours, number} 時間のスコア：{from} から {to}、最高 {highest}",
  },
  pages: {
    label: "ページ",
    next: "次のトピック",
    first: "先頭へ",
    where: "{total} 件中 {from}–{to} 位",
    found: "該当するトピック {total} 件",
  },
  noMatch: {
    title: "「{query}」に当たるトピックはありません",
    what: "名前や ID の一部で検索できます。期間内に投稿・ブースト・保存のないトピックは載りません。",
    beyond: "ランキングはここまでです",
    first: "ランキング全体へ",
  },
  empty: {
    no_topics: {
      title: "トピックがありません",
      what: "topics テーブルが空です。トピックと投稿を追加すると、次の更新で集計します。",
    },
    no_posts: {
      title: "トピックはありますが、投稿がありません",
      what: "posts テーブルが空です。投稿があれば、次の更新で集計します。",
    },
    all_deleted: {
      title: "すべての投稿が取り下げられています",
      what: "deleted_at に時刻のある投稿は数えません。null に戻すと再び数えます。",
    },
    only_future: {
      title: "投稿の日時がすべて未来です",
      what: "最初の投稿は <time></time> から数えます。誤りであれば、created_at を書き込む側の時計を確認してください。",
    },
    none_in_window: {
      title: "直近 {window}に投稿がありません",
      what: "最後の投稿は <time></time> です。長い期間に切り替えるか、投稿が届いているか確認してください。",
    },
    not_counted_yet: {
      title: "届いた投稿はまだ集計されていません",
      what: "最後の投稿は <time></time> です。次の更新で集計します。「今すぐ更新」ですぐに集計できます。",
    },
    never: {
      title: "まだ集計がありません",
      what: "cron から 5 分ごとに refresh-trending が集計します。「今すぐ更新」ですぐに集計できます。",
    },
    building: {
      title: "全件を集計し直しています",
      what: "終わり次第、ランキングを表示します。",
    },
    window: {
      title: "直近 {window}のランキングはまだありません",
      what: "次の更新で集計します。「今すぐ更新」ですぐに集計できます。",
    },
    disabled: {
      title: "更新を停止しています",
      what: "TRENDING_ENABLED が false のため集計しません。true にして（または削除して）デプロイしてください。",
    },
    failing: {
      title: "更新が失敗しているため、集計がありません",
      what: "理由と対応は上に表示しています。",
    },
  },
  topic,
  weighing,
};
