/**
 * The colours of `app/tokens.css` that e-mails use, spelled out because mail clients know no variables.
 */
export const LIGHT = {
  paper: "#faf8f3",
  ink: "#1c1a16",
  faint: "#6a6455",
  line: "#e2dccd",
  accent: "#2b4c7e",
  succeeded: "#2f7a4d",
  failed: "#c0341d",
};

export const DARK: typeof LIGHT = {
  paper: "#14130f",
  ink: "#ece8dd",
  faint: "#a39c8a",
  line: "#2e2b24",
  accent: "#8fb0e0",
  succeeded: "#6fbf8c",
  failed: "#f08a74",
};

/** The accent, thinned as far as 3 : 1 against either paper allows: bars of the days before the last one. */
export const BAR = "#7a90b5";
