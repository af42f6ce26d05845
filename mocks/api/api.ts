import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';

/** Fields by which a gateway tells an API who is calling. */
const identity =
  /^(authorization|cookie|x-(user|auth|access|forwarded|remote|consumer|credential|client|token|ssl).*|remote-user)$/i;

/**
 * The protected API behind a gateway. It answers every request with 200 and says what reached it: method, path and
 * the identity fields, of those that carry credentials only the first word.
 */
export function createApi(): { handle(request: HttpRequest): Promise<HttpAnswer> } {
  return {
    async handle({ method, path, headers }) {
      const seen = headers.filter(([name]) => identity.test(name)).map(([name, value]) => [name, shown(name, value)]);
      const body = Buffer.from(JSON.stringify({ method, path, identity: seen }));
      return { status: 200, headers: [['content-type', 'application/json']], body };
    },
  };
}

// The API must not be the one that leaks the token.
const shown = (name: string, value: string) =>
  /authorization|cookie|token/i.test(name) ? (/^[A-Za-z]+(?= )/.exec(value)?.[0] ?? '…') : value;
