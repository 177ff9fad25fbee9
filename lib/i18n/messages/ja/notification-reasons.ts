import type { Messages } from "@/lib/i18n/messages/type";

export const reasons: Messages["notifications"]["reasons"] = {
  credential: {
    what: "送信サービスが認証情報を拒否しています",
    todo: "RESEND_API_KEY または SLACK_BOT_TOKEN を直してください。それまですべて送信待ちです。",
  },
  not_configured: {
    what: "この環境では未設定のチャネルです",
    todo: "RESEND_API_KEY または SLACK_BOT_TOKEN を設定してください。それまですべて送信待ちです。",
  },
  sender: {
    what: "送信サービスが差出人アドレスを受け付けません",
    todo: "NOTIFY_FROM のドメインを Resend で認証してください。",
  },
  quota: {
    what: "送信サービスの上限に達しています",
    todo: "上限を上げるか、翌日まで待ってください。それまですべて送信待ちです。",
  },
  endpoint: {
    what: "送信サービスのアドレスが存在しません",
    todo: "RESEND_BASE_URL または SLACK_API_URL を確認してください。",
  },
  pace: {
    what: "送信サービスから速度を落とすよう求められました",
    todo: "対応は不要です。自動で送信されます。",
  },
  provider_down: {
    what: "送信サービスから正常な応答がありません",
    todo: "対応は不要です。復旧後に自動で送信されます。",
  },
  invalid_address: {
    what: "送信サービスが宛先アドレスを無効と判断しました",
    todo: "ユーザー設定のアドレスを直してください。次のダイジェストで送信されます。",
  },
  invalid_message: {
    what: "送信サービスが内容を無効と判断しました",
    todo: "内容と送信サービスの回答を確認し、原因を直してから再送してください。",
  },
  bounced: {
    what: "メールボックスが存在しないか、受信できません",
    todo: "ユーザーに別のアドレスを確認してください。",
  },
  complained: {
    what: "受信者が迷惑メールとして報告しました",
    todo: "このアドレスには今後送らないでください。",
  },
  channel_archived: {
    what: "Slack チャンネルがアーカイブされています",
    todo: "アーカイブを解除するか、ユーザー設定で別のチャンネルにしてから再送してください。",
  },
  channel_missing: {
    what: "Slack チャンネルが存在しないか、アプリから見えません",
    todo: "ユーザー設定のチャンネルを直すか、アプリを招待してから再送してください。",
  },
  not_in_channel: {
    what: "アプリが Slack チャンネルに参加していません",
    todo: "そのチャンネルで /invite してから再送してください。",
  },
  channel_restricted: {
    what: "アプリはこの Slack チャンネルに投稿できません",
    todo: "チャンネルの設定で許可するか、別のチャンネルにしてから再送してください。",
  },
  turned_off: {
    what: "送信前にユーザーがこのチャネルを停止しました",
    todo: "対応は不要です。ユーザーの希望です。",
  },
  expired: {
    what: "長く待ったため、古い情報として取りやめました",
    todo: "待った理由を確認し、今も必要な場合だけ再送してください。",
  },
  no_answer: {
    what: "送信サービスの応答が失われました",
    todo: "二重に届くことがあります。再送の前に、届いていないか確認してください。",
  },
  answer_incomplete: {
    what: "送信サービスの応答にこの 1 通がありませんでした",
    todo: "二重に届くことがあります。再送の前に、送信サービスのログを確認してください。",
  },
  sender_died: {
    what: "応答を記録する前に送信プロセスが終了しました",
    todo: "二重に届くことがあります。再送の前に、届いていないか確認してください。",
  },
  other_contents: {
    what: "同じキーで別の内容が受け付けられていました",
    todo: "二重に届くことがあります。再送の前に、送信サービスのログを確認してください。",
  },
};
