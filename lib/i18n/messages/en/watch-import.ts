/** Articles and readings from a sheet. */
export const importing = {
  title: "Import CSV",
  kinds: "What the sheet is about",
  kind: { articles: "Articles", observations: "Readings" },
  lead: {
    articles:
      "One row is one article. A row with the id, or with the owner, address and keyword, of an article that exists changes that article, and only in the columns the sheet has; every other row is new.",
    observations:
      "One row is one article's reading of one day (JST). The article is named by article_id, or by user_id, url and keyword. A reading replaces the day's earlier one.",
  },
  needed: "Needed:",
  free: "Possible:",
  file: "A CSV file",
  limits: "UTF-8, with a header, at most 10 MB and 50,000 rows.",
  paste: "Or paste it here",
  example: {
    articles: "user_id,url,title,keyword\nwriter-1,https://example.com/a,An article,some keyword",
    observations:
      "user_id,url,keyword,checked_on,position\nwriter-1,https://example.com/a,some keyword,2026-11-22,4",
  },
  look: "Look at it first",
  looking:
    "{total, plural, =0 {Reading the sheet…} other {Comparing with what is there: part {done, number} of {total, number}…}}",
  writing: "Writing part {done, number} of {total, number}…",
  progress: "Progress",
  would: {
    articles:
      "{fresh, plural, =0 {No new article} one {# new article} other {# new articles}}, {changed, plural, =0 {none} one {#} other {#}} changed",
    observations:
      "{fresh, plural, =0 {No new reading} one {# new reading} other {# new readings}}, {changed, plural, =0 {none} one {#} other {#}} replaced",
  },
  nothing: "Nothing in this sheet can be imported",
  nothingWritten: "Nothing has been written yet.",
  withoutProblems: "Rows with a problem are left out.",
  failedLeftOut:
    "{count, plural, one {One failed reading is} other {# failed readings are}} left out: they say nothing about the ranking.",
  futureLeftOut: "{count, plural, one {One row is} other {# rows are}} left out because the day lies ahead.",
  leftOut: {
    articles:
      "{count, plural, one {One row is} other {# rows are}} left out: they would make two articles one, or come twice",
    observations: "{count, plural, one {One row is} other {# rows are}} left out: nobody knows the article",
  },
  more: "and {count, number} more",
  import: "{count, plural, one {Import # row} other {Import # rows}}",
  other: "Choose another sheet",
  again: "Import another sheet",
  toArticles: "To the articles",
  done: {
    articles:
      "{fresh, plural, =0 {No article was} one {# article was} other {# articles were}} added, {changed, plural, =0 {none} one {#} other {#}} changed",
    observations: "{fresh, plural, one {# reading was} other {# readings were}} stored",
  },
  readNext: "New articles are read with the next daily check.",
  judgedNext:
    "Readings of today are judged with the next check; those of earlier days only fill the history.",
  refused: {
    signed_out: "You are signed out or no longer an operator",
    invalid: "This sheet was not taken",
    unanswered: "The database did not answer",
    kept: "{count, plural, =0 {Nothing was written.} one {# row was written before it. Importing the sheet again does no harm.} other {# rows were written before it. Importing the sheet again does no harm.}}",
  },
  problemsTitle: "{count, plural, one {One problem} other {# problems}}",
  line: "Line",
  column: "Column",
  what: "What is wrong",
  problems: {
    too_large: "The sheet is larger than {megabytes, number} MB. Divide it.",
    too_many_rows: "The sheet has more than {limit, number} rows. Divide it.",
    too_many_problems: "Stopped here after {limit, number} problems.",
    not_utf8: "This is not UTF-8. Save the sheet as “CSV UTF-8”.",
    malformed: "From here on the sheet cannot be read: probably a quotation mark is missing. ({reason})",
    missing_column: "This column is missing.",
    unknown_column: "There is no such column. Check its name.",
    duplicate_column: "This column is there twice.",
    wrong_cell_count: "This row has {found, number} cells instead of {expected, number}.",
    duplicate_row: "The same as line {firstLine, number}.",
    missing_value: "This must not be empty.",
    missing_article: "Name the article by article_id, or by user_id, url and keyword.",
    invalid_url: "“{value}” is no web address.",
    invalid_source: "“{value}” is no source: serper, search-console or manual.",
    invalid_country: "“{value}” is no country of two letters.",
    invalid_language: "“{value}” is no language code.",
    invalid_boolean: "“{value}” is neither true nor false.",
    invalid_number: "“{value}” is no whole number within the limits.",
    invalid_host: "“{value}” is no list of host names separated by semicolons.",
    invalid_kind: "“{value}” is no list of kinds of change separated by semicolons.",
    invalid_date: "“{value}” is no date like 2026-11-22.",
    invalid_status: "“{value}” is no status: ok, not_ranked or failed.",
    invalid_position: "“{value}” is no position: 1 or more, at most two decimals.",
    position_contradicts_status: "Only a row with status ok has a position, and it must have one.",
  },
} as const;
