import type { Headers, HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';

/**
 * What a reverse proxy writes anew of the far end's own URL in answers: nothing, all but who the issuer is (which
 * signed tokens say as well, and nobody can write those anew), or that too.
 */
export type Rewriting = 'none' | 'endpoints' | 'issuer';

interface Between {
  /** Origins, without a trailing slash. */
  readonly far: string;
  /** As whoever asks knows this proxy. */
  readonly own: string;
}

/** A request for the far end by its own name; one that could bring back what nobody can write anew asks for plain text. */
export function forFarEnd<Head extends Pick<HttpRequest, 'headers'>>(
  request: Head,
  { far, own }: Between,
  rewriting: Rewriting,
): Head {
  const headers = request.headers.flatMap(([name, value]): Headers => {
    switch (name.toLowerCase()) {
      case 'host':
        return [[name, new URL(far).host]];
      // What a server compares with its own name to tell its pages from others'.
      case 'origin':
      case 'referer':
        return [[name, value === own || value.startsWith(`${own}/`) ? far + value.slice(own.length) : value]];
      case 'accept-encoding':
        return rewriting === 'none' ? [[name, value]] : [];
      default:
        return [[name, value]];
    }
  });
  return { ...request, headers };
}

/** A request with the name by which this proxy was called, for a far end that calls itself as it is called. */
export function forwarded<Head extends Pick<HttpRequest, 'headers'>>(request: Head, scheme: 'http' | 'https'): Head {
  const others = request.headers.filter(([name]) => !/^x-forwarded-(?:host|proto)$/i.test(name));
  const host = others.filter(([name]) => name.toLowerCase() === 'host').map(([, value]) => value);
  return {
    ...request,
    headers: [
      ...others,
      ...host.map((value) => ['X-Forwarded-Host', value] as const),
      ['X-Forwarded-Proto', scheme] as const,
    ],
  };
}

/** Whether an answer has a body in which names can be written anew; a stream of events is never over. */
export function isOpen({ headers }: Pick<HttpAnswer, 'headers'>, rewriting: Rewriting): boolean {
  if (rewriting === 'none') return false;
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return textual.test(type) && !headers.some(([name]) => name.toLowerCase() === 'content-encoding');
}

const textual = /^(?:text\/(?!event-stream)|application\/(?:[\w.-]+\+)?(?:json|xml|javascript)\b)/i;

/** An answer in which the far end is called as this proxy is. */
export function fromFarEnd(answer: HttpAnswer, between: Between, rewriting: Rewriting): HttpAnswer {
  if (rewriting === 'none') return answer;
  const write = writer(between, rewriting);
  const headers = answer.headers.flatMap(([name, value]): Headers => {
    const field = name.toLowerCase();
    // It would hold for every port of this host, and long after.
    if (field === 'strict-transport-security') return [];
    return [[name, field === 'set-cookie' ? cookie(value, between) : write(value)]];
  });
  if (!isOpen(answer, rewriting)) return { ...answer, headers };
  // Byte for byte, whatever the charset: a URL is ASCII.
  const text = Buffer.from(answer.body).toString('latin1');
  const written = write(text);
  return { ...answer, headers, body: written === text ? answer.body : Buffer.from(written, 'latin1') };
}

function writer({ far, own }: Between, rewriting: Rewriting): (text: string) => string {
  const { protocol, hostname, port } = new URL(far);
  const usual = protocol === 'https:' ? '443' : '80';
  const [scheme, slashes] = [protocol.slice(0, -1), String.raw`(\/\/|\\\/\\\/)`];
  const where = `${escaped(hostname)}${port === '' ? `(?::${usual})?` : `:${port}`}`;
  // Neither a longer host nor another port.
  const plain = `${scheme}:${slashes}${where}(?![\\w.:-])`;
  // In JSON: who the issuer is, in metadata, introspection and user info.
  const kept = rewriting === 'endpoints' ? String.raw`"iss(?:uer)?"\s*:\s*"(?:[^"\\]|\\.)*"|` : '';
  const all = new RegExp(kept + plain, 'gi');
  const [ownScheme, ownRest] = own.split('://') as [string, string];
  const encoded = new RegExp(
    `${escaped(encodeURIComponent(`${scheme}://`))}${escaped(encodeURIComponent(new URL(far).host))}(?![\\w.-]|%3A)`,
    'gi',
  );
  return (text) => {
    const written = text.replaceAll(all, (found, sep: string | undefined) =>
      sep === undefined ? found : `${ownScheme}:${sep}${ownRest}`,
    );
    // As the parameter of a redirection (RFC 9207 §2).
    return rewriting === 'issuer' ? written.replaceAll(encoded, encodeURIComponent(own)) : written;
  };
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** A cookie that this host may set, over what it is served with. */
function cookie(value: string, { far, own }: Between): string {
  const { hostname } = new URL(far);
  const plain = own.startsWith('http:');
  const [pair = '', ...attributes] = value.split(';');
  const kept = attributes.filter((attribute) => {
    const [name = '', domain = ''] = attribute.trim().toLowerCase().split('=', 2);
    if (name === 'secure') return !plain || !isElsewhere(own);
    const of = domain.replace(/^\./, '');
    return name !== 'domain' || !(hostname === of || hostname.endsWith(`.${of}`));
  });
  return [pair, ...kept].join(';');
}

/** Browsers take secure cookies from loopback over plain HTTP, too. */
const isElsewhere = (url: string) => !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
