import type { Messages } from "@/lib/i18n/messages/type";

export const home: Messages["home"] = {
  title: "番付",
  lead: "ライブランキングは 22:00 JST に締め切られ、確定した記録になります。",
  about:
    "番付は大相撲の公式順位表です。いったん発表されたら変わりません。このシステムはその日のコンテストを確定し、必要な相手に一度だけ知らせ、すべてのジョブが健全かを運用者に示します。",
  today: "本日のランキング",
  recent: "最近のランキング",
  none: "本日までのお題がまだありません。",
  noneTodo: "お題が登録されると、ここに表示されます。",
  unavailable: "データベースから応答がなく、ランキングを読み込めません。",
  unavailableKept:
    "発表済みのランキングは保存されています。復旧するとこの一覧は自動で戻ります。下のリンクは使えます。",
  more: "リンク",
  admin: "管理画面",
  adminWhat: "すべてのジョブは定刻どおりか",
  health: "ヘルスチェック",
  healthWhat: "ジョブごとに 1 行。死活監視用",
  api: "API 仕様",
  apiWhat: "OpenAPI 3.1",
  source: "{date} の日",
};

export const ranking: Messages["ranking"] = {
  east: "東",
  west: "西",
  rank: "{rank, number} 位",
  provisional: "暫定",
  provisionalWhat: "集計中の順位です。まだ変わることがあります。",
  closes: "締切",
  awaiting: "締切済み・確定待ち",
  final: "確定",
  entries: "{count, number} 作品",
  shown: "{total, number} 作品のうち上位 {count, number} 作品",
  day: "{date}",
  sponsored: "協賛",
  unknownTitle: "（削除された作品）",
  score: "スコア {score}",
  mark: "版元",
  finalizedAt: "確定",
  asOf: "時点",
  version: "第 {version, number} 版",
  checksum: "sha256",
  empty: "まだ投稿がありません",
  emptyWhat: "最初の作品が評価されると、番付に載ります。",
  emptyClosed: "投稿がありませんでした",
  emptyClosedWhat: "このお題は作品のないまま締め切られたため、ランキングはありません。",
  liveUnavailable: "現在の順位を読み込めません",
  liveUnavailableWhat:
    "データは失われていません。締切と発表は予定どおり行われます。しばらくしてからご覧ください。",
  notFound: "お題が見つかりません",
};

export const signIn: Messages["signIn"] = {
  title: "サインイン",
  lead: "運用者向けのページです。",
  email: "メールアドレス",
  password: "パスワード",
  submit: "サインイン",
  submitting: "確認しています…",
  signOut: "サインアウト",
  wrong: "メールアドレスまたはパスワードが違います。",
  wrongTodo: "両方を確認してください。パスワードは大文字と小文字を区別します。",
  missing: "メールアドレスとパスワードを入力してください。",
  tooMany: "試行回数が多すぎます。",
  tooManyTodo: "1 分ほど待ってから、もう一度試してください。",
  unreachable: "認証サービスから応答がありません。",
  unreachableTodo:
    "パスワードの問題ではありません。しばらくしてからもう一度試してください。公開ランキングと定期ジョブは動き続けます。",
  notOperator: "{email} でサインインしていますが、運用者として登録されていません。",
  notOperatorTodo:
    "データベースを扱える担当者に admins への登録を依頼するか、サインアウトして別のアカウントを使ってください。",
  already: "{email} でサインインしています。",
  toAdmin: "管理画面へ",
};
