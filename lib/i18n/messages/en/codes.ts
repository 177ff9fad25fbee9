/** Words for codes that jobs and the engine return. */
export const outcomes = {
  finalized: "rankings closed",
  unchanged: "nothing changed",
  empty: "nobody had entered",
  nothing_due: "nothing was due",
  delivered: "events delivered",
  checked: "receipts checked",
  swept: "put in order",
} as const;

export const counts = {
  themes: "themes",
  works: "works",
  finalized: "finalized",
  unchanged: "unchanged",
  empty: "empty",
  already_final: "already final",
  conflict: "in conflict",
  still_open: "still open",
  delivered: "delivered",
  postponed: "postponed",
  failed: "failed",
  waiting: "waiting",
  recovered: "recovered",
  still_failing: "still failing",
  abandoned: "abandoned",
  caught_up: "caught up",
  catch_up_failed: "catch-up failed",
  runs_pruned: "runs pruned",
  events_pruned: "events pruned",
  rankings_deleted: "rankings deleted",
  metrics_missing: "metrics missing",
  metrics_not_a_count: "metrics not a count",
  metrics_likes_above_impressions: "more likes than impressions",
} as const;

/** What happened, what was kept, what to do. */
export const failures = {
  redis_unavailable: {
    what: "Redis did not answer, so the live ranking could not be read.",
    kept: "Nothing was written; the live ranking is untouched.",
    todo: "Check Redis. The sweep tries again by itself.",
  },
  ledger_unavailable: {
    what: "The database did not answer, so the run could not be recorded.",
    kept: "Whatever had not been stored by then was not stored.",
    todo: "Check the database, then run the job again; it is safe to repeat.",
  },
  deadline_exceeded: {
    what: "The run took longer than it may and was stopped.",
    kept: "What it had finished is stored; the rest is untouched.",
    todo: "The sweep tries again by itself. If it happens again, look at what is slow.",
  },
  lease_lost: {
    what: "Another process took this run over.",
    kept: "The other process goes on with it; nothing was done twice.",
    todo: "Nothing; look at the newer attempt.",
  },
  abandoned: {
    what: "The process that ran this stopped without a word, every time.",
    kept: "Nothing half-written was published.",
    todo: "Look at the server log at that time, then run it again.",
  },
  failure_rate_exceeded: {
    what: "Too many items failed.",
    kept: "The items that went well are stored.",
    todo: "See the counts, mend the cause, then run it again.",
  },
  ranking_conflict: {
    what: "The live ranking differs from the version that stands.",
    kept: "The published version stands.",
    todo: "If the new one is right, force a new version on the theme's page.",
  },
  ranking_still_open: {
    what: "The theme is still open.",
    kept: "Nothing was closed.",
    todo: "Wait for its closing time, or close it now on the theme's page.",
  },
  theme_not_found: {
    what: "There is no such theme.",
    kept: "Nothing was written.",
    todo: "Check the theme's id.",
  },
  themes_failed: {
    what: "Several themes could not be closed.",
    kept: "Themes that went well are closed; the others are untouched.",
    todo: "See the message for each theme.",
  },
  sweep_incomplete: {
    what: "A part of the sweep failed.",
    kept: "The other parts were done.",
    todo: "It runs again within ten minutes; see the message if it stays.",
  },
  passing: {
    what: "The run stopped with an error.",
    kept: "Nothing half-written was published.",
    todo: "The sweep tries again by itself; or run it again, it is safe to repeat.",
  },
  permanent: {
    what: "The run stopped with an error that will not pass by itself.",
    kept: "Nothing half-written was published.",
    todo: "Read the message, mend the cause, then run it again.",
  },
} as const;
