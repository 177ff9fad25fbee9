const STYLE = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
  td { overflow-wrap: anywhere; }
  iframe { width: 100%; height: 36rem; border: 1px solid #8888; background: #fff; }
  pre { white-space: pre-wrap; border: 1px solid #8884; padding: 1rem; }
  dt { font-weight: 600; } dd { margin: 0 0 .5rem; }`;

/** Markup that is safe to put on a page. */
export type Html = { html: string };

/** Markup with every value escaped, but those that are markup themselves; lists are joined. */
export function html(parts: TemplateStringsArray, ...values: (string | number | Html | Html[])[]): Html {
  const text = parts.map((part, i) => part + (i < values.length ? rendered(values[i] ?? "") : "")).join("");
  return { html: text };
}

/** A page for people who look at what a stand-in received. */
export function page(title: string, body: Html): Response {
  const heading = html`<title>${title}</title><h1>${title}</h1>`;
  const text = `<!doctype html><html lang="en"><meta charset="utf-8"><style>${STYLE}</style>${heading.html}${body.html}</html>`;
  return new Response(text, { headers: { "content-type": "text/html; charset=utf-8" } });
}

function rendered(value: string | number | Html | Html[]): string {
  if (Array.isArray(value)) return value.map((item) => item.html).join("");
  if (typeof value === "object") return value.html;
  return String(value)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
