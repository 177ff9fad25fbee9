import type { Messages } from "@/lib/i18n/messages/type";

export const common: Messages["common"] = {
  brand: "番付",
  tagline: "ランキング運用",
  skipToContent: "本文へ移動",
  preferences: {
    label: "表示",
    language: "言語",
    ja: "日本語",
    en: "English",
    zone: "時刻",
    zoneOwn: "現地（{zone}）",
    theme: "配色",
    themeSystem: "自動",
    themeLight: "明",
    themeDark: "暗",
  },
  time: {
    now: "たった今",
    soon: "まもなく",
    never: "なし",
    agoMinutes: "{count, number} 分前",
    agoHours: "{count, number} 時間前",
    inMinutes: "{count, number} 分後",
    inHours: "{count, number} 時間後",
  },
  duration: {
    ms: "{count} ミリ秒",
    s: "{count} 秒",
    min: "{minutes, number} 分 {seconds, number} 秒",
    h: "{hours, number} 時間 {minutes, number} 分",
  },
  actions: {
    cancel: "やめる",
    close: "閉じる",
    retry: "もう一度試す",
    back: "戻る",
    copy: "コピー",
    copied: "コピーしました",
    copyFailed: "コピーできません",
  },
  error: {
    title: "このページを表示できません",
    what: "必要なサービスから応答がないか、想定外の応答がありました。",
    kept: "何も変更していません。定期ジョブはこのページに関係なく動き続けます。",
    todo: "しばらくしてからもう一度試してください。続く場合は、サーバーのログ{digest, select, none {} other {（{digest}）}}に原因があります。",
  },
  notFound: {
    title: "ページが見つかりません",
    what: "アドレスが違うか、内容が削除されています。",
    home: "トップへ",
  },
};
