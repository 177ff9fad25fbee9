import type { Messages } from "@/lib/i18n/messages/type";

export const outcomes: Messages["outcomes"] = {
  finalized: "ランキングを確定",
  unchanged: "変更なし",
  empty: "投稿なし",
  nothing_due: "対象なし",
  delivered: "イベントを送信",
  checked: "受領を確認",
  swept: "後始末を実施",
};

export const counts: Messages["counts"] = {
  themes: "お題",
  works: "作品",
  finalized: "確定",
  unchanged: "変更なし",
  empty: "投稿なし",
  already_final: "確定済み",
  conflict: "不一致",
  still_open: "受付中",
  delivered: "送信",
  postponed: "延期",
  failed: "失敗",
  waiting: "待ち",
  recovered: "復旧",
  still_failing: "失敗継続",
  abandoned: "放棄",
  caught_up: "追いかけ",
  catch_up_failed: "追いかけ失敗",
  runs_pruned: "実行を整理",
  events_pruned: "イベントを整理",
  rankings_deleted: "ランキングを削除",
  metrics_missing: "指標の欠損",
  metrics_not_a_count: "数値でない指標",
  metrics_likes_above_impressions: "いいね超過",
};

export const failures: Messages["failures"] = {
  redis_unavailable: {
    what: "Redis から応答がなく、ライブランキングを読めませんでした。",
    kept: "何も書き込んでいません。ライブランキングもそのままです。",
    todo: "Redis を確認してください。sweep が自動で再度試みます。",
  },
  ledger_unavailable: {
    what: "データベースから応答がなく、実行を記録できませんでした。",
    kept: "その時点で未保存のものは保存されていません。",
    todo: "データベースを確認し、もう一度実行してください。繰り返しても安全です。",
  },
  deadline_exceeded: {
    what: "制限時間を超えたため、実行を止めました。",
    kept: "終わった分は保存済みです。残りはそのままです。",
    todo: "sweep が自動で再度試みます。繰り返す場合は、遅い箇所を確認してください。",
  },
  lease_lost: {
    what: "別のプロセスがこの実行を引き継ぎました。",
    kept: "引き継いだ側が続けています。二重の処理はありません。",
    todo: "対応は不要です。新しい試行を確認してください。",
  },
  abandoned: {
    what: "実行していたプロセスが、毎回応答なしに終了しました。",
    kept: "途中の内容は発表されていません。",
    todo: "その時刻のサーバーのログを確認し、もう一度実行してください。",
  },
  failure_rate_exceeded: {
    what: "失敗した件数が多すぎます。",
    kept: "成功した分は保存済みです。",
    todo: "件数を確認して原因を直し、もう一度実行してください。",
  },
  ranking_conflict: {
    what: "ライブランキングが確定済みの版と異なります。",
    kept: "発表済みの版はそのままです。",
    todo: "新しい内容が正しい場合は、お題のページで差し替えてください。",
  },
  ranking_still_open: {
    what: "お題はまだ受付中です。",
    kept: "何も締め切っていません。",
    todo: "締切を待つか、お題のページで締め切ってください。",
  },
  theme_not_found: {
    what: "お題が見つかりません。",
    kept: "何も書き込んでいません。",
    todo: "お題の ID を確認してください。",
  },
  themes_failed: {
    what: "複数のお題を確定できませんでした。",
    kept: "成功したお題は確定済みです。ほかはそのままです。",
    todo: "お題ごとのメッセージを確認してください。",
  },
  sweep_incomplete: {
    what: "後始末の一部が失敗しました。",
    kept: "ほかの処理は済んでいます。",
    todo: "10 分以内に再度実行されます。続く場合はメッセージを確認してください。",
  },
  passing: {
    what: "エラーのため実行が止まりました。",
    kept: "途中の内容は発表されていません。",
    todo: "sweep が自動で再度試みます。もう一度実行しても安全です。",
  },
  permanent: {
    what: "自然には解消しないエラーで実行が止まりました。",
    kept: "途中の内容は発表されていません。",
    todo: "メッセージを確認して原因を直し、もう一度実行してください。",
  },
};
