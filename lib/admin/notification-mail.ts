/** Colours a mail client may ask for. */
export const SCHEMES = ["light", "dark"] as const;
export type Scheme = (typeof SCHEMES)[number];

/**
 * A mail as a client in one colour scheme shows it. A page cannot set what `prefers-color-scheme` says inside a
 * sandboxed frame, so the question is answered in the markup. Links are sent to a window that the sandbox forbids:
 * they carry the token of the mail's reader.
 */
export function mailIn(html: string, scheme: Scheme): string {
  return html
    .replace(/@media\s*\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/g, (_, asked) =>
      asked === scheme ? "@media all" : "@media not all",
    )
    .replace(/(color-schemes?:\s*)light dark/g, `$1${scheme}`)
    .replace(/<head([^>]*)>/i, '<head$1><base target="_blank">');
}
