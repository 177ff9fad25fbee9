import { topic } from "@/lib/i18n/messages/en/trending-topic";
import { weighing } from "@/lib/i18n/messages/en/trending-weights";

/** Trending: what trends, why, and how fresh the counts are. */
export const trending = {
  title: "Trending",
  weights: "Score weights",
  refreshNow: "Refresh now",
  refreshing: "Refreshing…",
  window: "Window",
  windows: { "1h": "1 hour", "6h": "6 hours", "24h": "24 hours", "7d": "7 days" },
  summary: {
    leads: "“{topic}” leads {count, plural, one {the one topic} other {# topics}} of the last {window}.",
    listed: "{count, plural, one {# topic} other {# topics}} of the last {window}.",
    matching:
      "{count, plural, =0 {No topic} one {# topic} other {# topics}} of the last {window} {count, plural, =0 {matches} one {matches} other {match}} “{query}”.",
    nothing: "Nothing trends in the last {window}.",
    unknown: "What trends is not known right now.",
    counted: "Counted <nobr><time></time>;</nobr>",
    next: "{begins, select, yes {Next} other {next}} refresh <nobr><time></time>.</nobr>",
    refreshing: "{begins, select, yes {A} other {a}} refresh is running.",
    off: "{begins, select, yes {Refreshing} other {refreshing}} is switched off.",
    proved: "Counts proved equal to a full recount at <time></time>.",
    drifted:
      "The full recount at <time></time> differed in {count, plural, one {# row, which has} other {# rows, which have}} been corrected.",
    unproved: "Not yet compared with a full recount; that is done every night at 03:10 JST.",
  },
  stale: {
    old: "These figures are out of date: counted <time></time>; over {minutes, plural, one {# minute} other {# minutes}} is stale.",
    building: "Everything is being counted from nothing",
    missing: "This window has not been counted yet",
    disabled: "Refreshing is switched off",
    failing: "{count, plural, one {The last refresh failed} other {The last # refreshes failed}}",
    readers:
      "Readers of the API get counts made live, marked as stale: right, but slower. Where that takes too long, they get old figures if there are any.",
    resting: "The job rests for 15 minutes after three failures in a row, then tries again.",
    seeRun: "See the run",
    todoEnable:
      "TRENDING_ENABLED is false. Set it to true (or remove it) and deploy; the next run starts by itself.",
    todoOld:
      "Look under Runs whether refresh-trending is being called every 5 minutes, or press “Refresh now”.",
    todoMissing: "The next refresh counts it; nothing needs to be done.",
    buildingRuns: "It goes on by itself; nothing needs to be done.",
    buildingProgress:
      "{done, plural, one {# batch is} other {# batches are}} done; it goes on by itself, nothing needs to be done.",
    buildingStopped: "It was interrupted and goes on with the next refresh.",
  },
  search: { label: "Search", what: "Topic name or id", apply: "Search" },
  key: "Score by the weights of “{profile}” (<link>change</link>):",
  columns: {
    rank: "Rank",
    topic: "Topic",
    score: "Score",
    why: "Why",
    posts: "Posts",
    authors: "Authors (±)",
    authorsShort: "Authors",
    boosts: "Boosts",
    replies: "Replies",
    bookmarks: "Bookmarks",
    hours: "{hours, number} h",
  },
  parts: {
    sum: "{what} × {weight} = {points}",
    counted: {
      posts: "{count, plural, one {{shown} post} other {{shown} posts}}",
      uniqueAuthors: "{count, plural, one {{shown} author} other {{shown} authors}}",
      boosts: "{count, plural, one {{shown} boost} other {{shown} boosts}}",
      replies: "{count, plural, one {{shown} reply} other {{shown} replies}}",
      bookmarks: "{count, plural, one {{shown} bookmark} other {{shown} bookmarks}}",
      participantDelta: "{count} authors since the window before",
    },
    names: {
      posts: "posts",
      uniqueAuthors: "authors",
      boosts: "boosts",
      replies: "replies",
      bookmarks: "bookmarks",
      participantDelta: "author growth",
    },
  },
  spark: {
    none: "no record",
    now: "Score now {score}; no hour before it is recorded",
    summary: "Score over the last {hours, number} h: from {from} to {to}, highest {highest}",
  },
  pages: {
    label: "Pages",
    next: "Next topics",
    first: "To the top",
    where: "Rank {from}–{to} of {total}",
    found: "{total} topics match",
  },
  noMatch: {
    title: "No trending topic is called “{query}”",
    what: "Part of a name or of an id finds a topic. Topics without a post, boost or bookmark in the window are not listed.",
    beyond: "The ranking ends before this page",
    first: "To the whole ranking",
  },
  empty: {
    no_topics: {
      title: "There are no topics",
      what: "Nothing has been written to the table topics. Add topics and posts; the next refresh counts them.",
    },
    no_posts: {
      title: "There are topics, but no posts",
      what: "Nothing has been written to the table posts. As soon as somebody posts, the next refresh counts it.",
    },
    all_deleted: {
      title: "Every post has been taken down",
      what: "Posts with a time in deleted_at count nowhere. Set it back to null and they count again.",
    },
    only_future: {
      title: "All posts are dated in the future",
      what: "The first one counts from <time></time>. If that is wrong, look at the clock of whatever writes created_at.",
    },
    none_in_window: {
      title: "Nobody posted in the last {window}",
      what: "The latest post is of <time></time>. A longer window may show it; otherwise look whether posts still arrive.",
    },
    not_counted_yet: {
      title: "The first posts have not been counted yet",
      what: "The latest post is of <time></time>. The next refresh counts it; “Refresh now” does so at once.",
    },
    never: {
      title: "Nothing has been counted yet",
      what: "refresh-trending counts every 5 minutes once the cron calls it; “Refresh now” does so at once.",
    },
    building: {
      title: "Everything is being counted from nothing",
      what: "The ranking is back as soon as that is done.",
    },
    window: {
      title: "There is no ranking of the last {window} yet",
      what: "It is configured, and the next refresh counts it; “Refresh now” does so at once.",
    },
    disabled: {
      title: "Refreshing is switched off",
      what: "TRENDING_ENABLED is false, so nothing is counted. Set it to true (or remove it) and deploy.",
    },
    failing: {
      title: "The refresh fails, so nothing has been counted",
      what: "What it said and what to do stands above.",
    },
  },
  topic,
  weighing,
} as const;
