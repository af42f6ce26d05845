/**
 * Whether a redirection URI is one of those registered: the same character by character (RFC 9700 §2.1), but for the
 * port of a loopback address over plain HTTP, which may be any (RFC 8252 §7.3), and for what stands for any on purpose.
 */
export function isRegistered(uri: string, registered: readonly string[]): boolean {
  if (uri.includes('#') || !isAbsolute(uri)) return false;
  const apart = portless(uri);
  return (
    isRegisteredExactly(uri, registered) || registered.some((one) => apart !== undefined && portless(one) === apart)
  );
}

/** The same without a choice of ports, as logout wants it (RP-Initiated Logout §3). */
export const isRegisteredExactly = (uri: string, registered: readonly string[]) =>
  registered.some((one) => one === uri || stands(one, uri));

/** An absolute URI (RFC 3986 §4.3), which is all in ASCII: fit for a header field. */
export const isAbsolute = (uri: string) => /^[\x21-\x7e]+$/.test(uri) && URL.canParse(uri);

/** Whether a registered URI stands for others: a loopback URI with `*` as its port. */
export const isPattern = (registered: string) => pattern.test(registered);

const pattern = /^(https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])):\*(\/.*)$/;

/** Only for loopback, only the port and the whole path, and only because somebody registered it so: for tests. */
function stands(registered: string, uri: string): boolean {
  const [, host, path] = pattern.exec(registered) ?? [];
  if (host === undefined || !uri.startsWith(host)) return false;
  const [, rest] = /^(?::\d{1,5})?((?:[/?].*)?)$/.exec(uri.slice(host.length)) ?? [];
  return rest !== undefined && (path === '/*' || path === rest);
}

/** A loopback URI without its port, `undefined` for any other URI. */
function portless(uri: string): string | undefined {
  const [, host, rest] = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::\d{1,5})?((?:[/?].*)?)$/.exec(uri) ?? [];
  return host && `${host}${rest}`;
}
