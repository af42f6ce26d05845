/** A redirect URI as its client registered it, in pieces that make it up: `https`, `app.example`, `:8443`, `/callback`. */
interface Pieces {
  readonly scheme: string;
  readonly host: string;
  /** With its colon, or empty. */
  readonly port: string;
  /** With whatever follows it. */
  readonly path: string;
}

/**
 * A change of the registered redirect URI. It is the registered one that is returned where there is nothing to change,
 * which a stage takes for no change at all: a host without a dot has no parent domain.
 */
const changing =
  (change: (pieces: Pieces) => Partial<Pieces>) =>
  (right: string): string => {
    const [, scheme, host, port = '', path = ''] = /^(https?):\/\/(\[[^\]]*\]|[^/:?#]+)(:\d+)?(.*)$/s.exec(right) ?? [];
    if (scheme === undefined || host === undefined) return right;
    const pieces = { scheme, host, port, path };
    const to = { ...pieces, ...change(pieces) };
    return `${to.scheme}://${to.host}${to.port}${to.path}`;
  };

const isAddress = (host: string) => /^[\d.]+$|^\[/.test(host);
const isLoopback = (host: string) => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);
const labels = (host: string) => (isAddress(host) ? [] : host.split('.'));

export const subdomain = changing(({ host }) => ({ host: `evil.${host}` }));
export const hostSuffix = changing(({ host }) => ({ host: `${host}.attacker.example` }));
export const userinfo = changing(({ host }) => ({ host: `${host}@attacker.example` }));
export const otherScheme = changing(({ scheme }) => ({ scheme: scheme === 'https' ? 'http' : 'https' }));
export const parentDomain = changing(({ host }) => ({ host: labels(host).slice(1).join('.') || host }));
export const pathInCapitals = changing(({ path }) => ({ path: path.toUpperCase() }));
export const hostInCapitals = changing(({ host }) => ({ host: host.toUpperCase() }));
export const afterBackslash = changing(({ host }) => ({ host: `attacker.example\\@${host}` }));
export const wildcardHost = changing(({ host }) => ({ host: ['*', ...labels(host).slice(1)].join('.') }));

/** Of a loopback URI the port is free (RFC 8252 §7.3; RFC 9700 §2.1 excepts that of `localhost`, too). */
export const otherPort = changing(({ host, port }) =>
  isLoopback(host) ? {} : { port: port === ':8443' ? ':9443' : ':8443' },
);

/** The same place, where the registered URI does not name the port. */
export const defaultPort = changing(({ scheme, host, port }) =>
  port !== '' || isLoopback(host) ? {} : { port: scheme === 'https' ? ':443' : ':80' },
);

/** A letter of the path, the last before any escape, as its percent-encoding, which stands for the same (RFC 3986 §6.2.2.2). */
export const letterEncoded = changing(({ path }) => ({
  path: path.replace(/^([^?#%]*)([a-z])/i, (_, before: string, letter: string) => before + percentEncoded(letter)),
}));

const percentEncoded = (letter: string) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
