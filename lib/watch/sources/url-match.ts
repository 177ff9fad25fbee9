/** Parameters that campaigns and Google itself add to an address without changing the page. */
const TRACKING =
  /^(utm_.+|gclid|gbraid|wbraid|dclid|gad_source|srsltid|fbclid|msclkid|yclid|ttclid|twclid|mc_cid|mc_eid|_ga|_gl)$/i;

/**
 * The page an address stands for, in one spelling: two addresses with the same key are the same page. Left
 * out of it are scheme, `www.`, case of the host, trailing slashes, fragment, tracking parameters and the order of
 * the others; percent-encoding and Unicode form of the path are brought to one form. Null for what is no web address.
 */
export function pageKey(url: string): string | null {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return null;
  const path = parsed.pathname.split("/").map(oneSpelling).join("/").replace(/\/+$/, "");
  const query = new URLSearchParams([...parsed.searchParams].filter(([name]) => !TRACKING.test(name)));
  query.sort();
  return `${bareHost(parsed)}${path}${query.size > 0 ? `?${query}` : ""}`;
}

/** A host in one spelling, from a host name or a web address: lower case, ASCII form, without `www.`. Null for neither. */
export function hostKey(hostOrUrl: string): string | null {
  const text = hostOrUrl.trim();
  const parsed = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  return parsed ? bareHost(parsed) : null;
}

function bareHost(url: URL): string {
  const name = url.hostname.replace(/^www\.(?=.)/, "").replace(/\.$/, "");
  return url.port ? `${name}:${url.port}` : name;
}

function oneSpelling(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment).normalize("NFC"));
  } catch {
    // Not UTF-8, e.g. an old Shift_JIS address: only the case of the hexadecimal digits is free.
    return segment.replace(/%[0-9a-f]{2}/gi, (hex) => hex.toUpperCase());
  }
}
