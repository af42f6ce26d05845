import type { Headers } from '../../harness/model/http.ts';

/** A cookie of HAR 1.2. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path?: string;
  readonly domain?: string;
  readonly expires?: string;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
}

/** What `Cookie` fields hold (RFC 6265 §4.2). */
export function sentCookies(headers: Headers): Cookie[] {
  return valuesOf(headers, 'cookie').flatMap((value) =>
    value
      .split(';')
      .filter((pair) => pair.trim() !== '')
      .map(pair),
  );
}

/** What `Set-Cookie` fields set (RFC 6265 §4.1); an `Expires` that is no date is left out. */
export function setCookies(headers: Headers): Cookie[] {
  return valuesOf(headers, 'set-cookie').map((field) => {
    const [first = '', ...rest] = field.split(';');
    const attributes = new Map(rest.map(pair).map(({ name, value }) => [name.toLowerCase(), value]));
    const [path, domain] = [attributes.get('path'), attributes.get('domain')];
    const expires = new Date(attributes.get('expires') ?? '');
    return {
      ...pair(first),
      ...(path !== undefined && { path }),
      ...(domain !== undefined && { domain }),
      ...(!Number.isNaN(expires.getTime()) && { expires: expires.toISOString() }),
      httpOnly: attributes.has('httponly'),
      secure: attributes.has('secure'),
    };
  });
}

/** The values of a field, whatever the case of its name, as often as it was sent. */
export function valuesOf(headers: Headers, name: string): string[] {
  return headers.filter(([is]) => is.toLowerCase() === name).map(([, value]) => value);
}

function pair(text: string): { name: string; value: string } {
  const at = text.indexOf('=');
  return at < 0
    ? { name: text.trim(), value: '' }
    : { name: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
}
