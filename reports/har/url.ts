import type { Link } from '../../harness/model/parties.ts';

/** A host and its port (RFC 3986 §3.2), as `Host` may hold them. */
const authority = /^(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d+)?$/i;

/** The parties of a link, from the one that connects. */
export function partiesOf(link: Link): { readonly from: string; readonly to: string } {
  const [from = '', to = ''] = link.split('→');
  return { from, to };
}

/** What is known of where a link leads. */
export interface Whereabouts {
  readonly link: Link;
  /** `https://127.0.0.1:4000`; goes before every `Host`. */
  readonly origin: string | undefined;
  /** The `Host` of others on the link. */
  readonly host: string | undefined;
}

/**
 * The absolute URL of a request, as RFC 3986 wants it, whatever was sent. The authority is that of the absolute form,
 * the link's origin, the request's own `Host` or that of others on the link; where nothing shows, the party's name.
 */
export function urlOf(path: string, { link, origin, host: usual }: Whereabouts, own?: string): string {
  if (/^https?:\/\//i.test(path) && URL.canParse(quoted(path))) return quoted(path);
  const below = quoted(path.startsWith('/') ? path : `/${path}`);
  // Every link that a stage opens for a party to connect to is TLS.
  const hosts = [own, usual]
    .filter((host) => host !== undefined && authority.test(host))
    .map((host) => `https://${host}`);
  const known = [origin, ...hosts].find((base) => base !== undefined && URL.canParse(base + below));
  return (known ?? `https://${partiesOf(link).to.replaceAll(/[^A-Za-z0-9-]/g, '-') || 'unknown'}`) + below;
}

/** What no URI may hold (RFC 3986 §2) percent-encoded; what is encoded already stays. */
function quoted(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/%(?![0-9a-f]{2})/gi, '%25')
    .replaceAll(/[^\w\-.~:/?@!$&'()*+,;=%]/gu, (c) => encodeURIComponent(c));
}

/** Names and values of a query or of an HTML form (`application/x-www-form-urlencoded`), in their order. */
export function parametersOf(text: string): { name: string; value: string }[] {
  return [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }));
}
