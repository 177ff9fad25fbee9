/** A topic of the demo. The first of the list are the busiest. */
export interface DemoTopic {
  id: string;
  name: string;
  field: Field;
  language: "ja" | "en";
  /** What happens to it; without one it goes on as ever. */
  story?: "rising" | "fallen" | "bot";
}

type Field = keyof typeof FIELDS;

/** Names by field, busier ones first; `slug|name`. A star marks a name in English. */
const FIELDS = {
  film: [
    "yofukashi-film|夜更かし映画部",
    "shinsaku-eiga|今週の新作映画",
    "mini-theater|ミニシアター巡り",
    "film-soundtracks|Film soundtracks*",
    "ending-talk|結末を語りたい映画",
    "anime-film|アニメ映画",
    "rewatch|Rewatch club*",
    "jidaigeki|時代劇のすすめ",
    "subtitles|字幕派と吹替派",
    "film-contest|お題「夜の映画」",
  ],
  football: [
    "nihon-daihyo|サッカー日本代表",
    "j-league|Jリーグ速報",
    "stadium-food|スタジアムグルメ",
    "premier-league|Premier League*",
    "nadeshiko|なでしこジャパン",
    "transfer-news|Transfer window*",
    "kokoku-soccer|高校サッカー",
    "futsal|週末フットサル",
    "tactics|Tactics board*",
    "var|VAR の判定",
  ],
  weather: [
    "taifu|台風情報",
    "kyo-no-sora|今日の空",
    "hatsuyuki|初雪の知らせ",
    "aurora-watch|Aurora watch*",
    "kafun|花粉メモ",
    "koyo|紅葉の見ごろ",
    "heavy-rain|大雨と暮らし",
    "storm-chasers|Storm chasers*",
    "sunrise|朝焼けを撮る",
    "heatwave|猛暑をしのぐ",
  ],
  food: [
    "konya-no-gohan|今夜のごはん",
    "ramen|ラーメン二杯目",
    "coffee|コーヒーのある暮らし",
    "street-food|Street food*",
    "bento|おべんとう記録",
    "wagashi|和菓子さんぽ",
    "natural-wine|Natural wine*",
    "curry|スパイスカレー研究会",
    "sourdough|Sourdough starters*",
    "izakaya|はしご酒",
  ],
  railway: [
    "yamanote-chien|山手線の遅れ",
    "norikae|乗り換えのコツ",
    "shinkansen|新幹線の窓から",
    "ekiben|駅弁大会",
    "night-trains|Night trains*",
    "rosen-bus|路線バスの旅",
    "last-train|終電のあと",
    "model-railway|Model railways*",
    "haisen|廃線をたどる",
    "tram|路面電車のある街",
  ],
  music: [
    "shinkyoku|新曲を聴いた",
    "live-report|ライブの帰り道",
    "vinyl|レコード棚",
    "city-pop|City pop*",
    "enka|深夜の演歌",
    "jazz-kissa|ジャズ喫茶",
    "field-recording|Field recordings*",
    "gakki|楽器を始める",
    "idol|推しの話",
    "synths|Synth corner*",
  ],
  baseball: [
    "pro-yakyu|プロ野球実況",
    "koshien|甲子園への道",
    "mlb-japanese|MLB の日本人選手",
    "kusa-yakyu|草野球日誌",
    "stove-league|ストーブリーグ",
    "ballparks|Ballpark tour*",
    "scorebook|スコアブックの書き方",
    "mascots|Mascots*",
    "yakyu-no-hi|野球と天気",
    "minor-leagues|Minor league nights*",
  ],
  books: [
    "honya|本屋で見つけた",
    "mystery|ミステリー読書会",
    "picture-books|絵本の時間",
    "haiku|一日一句",
    "sci-fi|Science fiction*",
    "zuroku|図録を眺める",
    "translations|In translation*",
    "tsundoku|積読報告",
    "zine|ZINE をつくる",
    "libraries|Libraries we love*",
  ],
  games: [
    "game-night|週末ゲーム会",
    "retro|レトロゲーム",
    "indie-games|Indie games*",
    "shogi|将棋の一手",
    "boardgames|ボードゲーム棚",
    "speedrun|Speedruns*",
    "puzzle|今日のパズル",
    "e-sports|e スポーツ観戦",
    "game-music|ゲーム音楽",
    "patch-notes|Patch notes*",
  ],
  city: [
    "sanpo|朝の散歩道",
    "sento|銭湯めぐり",
    "okaidoku|本日のお買い得",
    "bicycle|自転車通勤",
    "neko|町の猫",
    "rent|部屋さがし",
    "night-walks|Night walks*",
    "benches|ベンチの記録",
    "community-garden|Community gardens*",
    "matsuri|秋祭り",
  ],
  technology: [
    "kaihatsu|個人開発",
    "keyboard|自作キーボード",
    "open-source|Open source*",
    "gadget|ガジェット沼",
    "postgres|Postgres tips*",
    "uchuu|ロケット打ち上げ",
    "type-design|文字とデザイン",
    "self-hosting|Self-hosting*",
    "robot|ロボット競技",
    "maps|地図が好き",
  ],
  seasons: [
    "hanami|花見の計画",
    "sumo|大相撲の番付",
    "hanabi|花火大会",
    "onsen|温泉手帖",
    "yama|低山あるき",
    "ski|ゲレンデ便り",
    "new-year|年末の支度",
    "tea|お茶の稽古",
    "first-frost|First frost*",
    "moon|今夜の月",
  ],
} as const;

const STORIES: Record<string, DemoTopic["story"]> = {
  taifu: "rising",
  "nihon-daihyo": "fallen",
  okaidoku: "bot",
};

/** What anybody might say anywhere. */
const BODIES: Record<DemoTopic["language"], readonly string[]> = {
  ja: [
    "{name}の話題、朝からずっと追っています。",
    "昨日の続き。思っていたより良かったです。",
    "写真を撮ってきました。あとで載せます。",
    "同じことを考えていた人がいて安心しました。",
    "{name}、はじめての人には何をすすめますか。",
    "気づいたら一時間経っていた。",
  ],
  en: [
    "Been following {name} since this morning.",
    "More people should know about this.",
    "Took some pictures, will post them later.",
    "Where would you start if you were new to this?",
    "Better than I expected, to be honest.",
    "Not convinced yet. Can somebody explain?",
    "That made my evening.",
    "Reading what everybody wrote makes me want to go again.",
  ],
};

/** What is said in the Japanese topics of a field. */
const FIELD_BODIES: Record<Field, readonly string[]> = {
  film: [
    "エンドロールの最後まで誰も席を立たなかった。",
    "二回目は音だけ聴いていました。",
    "ラストの十分、息を止めて観た。",
  ],
  football: [
    "前半の入りが良かった。後半は交代が早すぎる。",
    "あのスルーパス、何度見ても飽きない。",
    "現地組です。雨でも満員。",
  ],
  weather: [
    "風が強くなってきました。洗濯物は中へ。",
    "駅前は傘が役に立たない。",
    "西の空が明るい。もう少しで上がりそう。",
  ],
  food: [
    "玉ねぎは飴色になる少し手前で止めるのが好き。",
    "一口目で黙ってしまった。",
    "残りものとは思えない出来。",
  ],
  railway: [
    "今日は三分遅れ。車内は静か。",
    "先頭車両が空いています。",
    "この駅の発車メロディー、変わりましたね。",
  ],
  music: [
    "二番の歌詞で泣いた。",
    "アンコールが三回。終電を逃しました。",
    "ベースの音だけ追って聴くと別の曲みたい。",
  ],
  baseball: ["九回裏、まだわからない。", "今日の先発、球が走っている。", "延長十二回、引き分けでも満足。"],
  books: ["帯を見て買って、正解でした。", "読み終わるのが惜しくて止めている。", "下巻を予約した。"],
  games: ["あと一手が見えない。", "三面のボスで一週間止まっている。", "説明書を読む時間がいちばん楽しい。"],
  city: ["角の店が新しくなっていた。", "朝六時の商店街は猫のもの。", "遠回りして正解の道。"],
  technology: [
    "動いた。なぜ動いたのかはまだわからない。",
    "小さく出して、毎日直しています。",
    "キーキャップを替えたら気分も変わった。",
  ],
  seasons: ["今年は少し早いみたい。", "支度をはじめるにはちょうど良い日和。", "来週が見ごろだそうです。"],
};

/** All topics: the fields take turns, so that the busiest ten are of ten fields. */
export const DEMO_TOPICS: DemoTopic[] = Array.from({ length: 10 }, (_, place) =>
  (Object.keys(FIELDS) as Field[]).map((field) => topicOf(field, FIELDS[field][place] ?? "")),
).flat();

/** What a post in a topic says. `turn`: any whole number. */
export function demoBody(topic: DemoTopic, turn: number): string {
  if (topic.story === "bot" && turn % 3 !== 0) return `本日限り！ クーポン配布中 ${turn % 997}`;
  const bodies =
    topic.language === "ja" && turn % 2 === 0 ? FIELD_BODIES[topic.field] : BODIES[topic.language];
  return (bodies[(turn >> 1) % bodies.length] ?? "").replace("{name}", topic.name);
}

function topicOf(field: Field, written: string): DemoTopic {
  const [id = "", label = ""] = written.split("|");
  const story = STORIES[id];
  const english = label.endsWith("*");
  return {
    id,
    field,
    name: english ? label.slice(0, -1) : label,
    language: english ? "en" : "ja",
    ...(story && { story }),
  };
}
