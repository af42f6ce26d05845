/**
 * Whether a redirection URI is one of those registered: the same character by character (RFC 9700 §2.1), but for the
 * port of a loopback address over plain HTTP, which may be any (RFC 8252 §7.3).
 */
export function isRegistered(uri: string, registered: readonly string[]): boolean {
  if (uri.includes('#') || !URL.canParse(uri)) return false;
  return registered.some((one) => one === uri || (portless(one) !== undefined && portless(one) === portless(uri)));
}

/** A loopback URI without its port, `undefined` for any other URI. */
function portless(uri: string): string | undefined {
  const [, host, rest] = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::\d{1,5})?((?:[/?].*)?)$/.exec(uri) ?? [];
  return host && `${host}${rest}`;
}
