import { jsonObject, type Question, unusable } from './fetch.ts';
import type { Gateway } from './parts.ts';
import { idpUnavailable, invalidToken } from './refusal.ts';
import { kind, shown } from './text.ts';
import type { Members } from './token.ts';

/**
 * Asks the IdP about an opaque token (RFC 7662 §2), every time. Throws 401 for a token that is not active, and 503
 * when the IdP gives no usable answer: the token has not been judged then.
 */
export async function introspect(token: string, gateway: Gateway): Promise<Members> {
  const { wiring, limits, parts } = gateway;
  const question: Question = {
    what: 'introspection endpoint',
    url: wiring.introspectionEndpoint,
    form: `token=${encodeURIComponent(token)}&token_type_hint=access_token`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${basic(wiring.clientId, wiring.clientSecret)}`,
    },
    until: performance.now() + limits.idpDeadline,
  };
  const document = await parts.fetchDocument(gateway, question);
  if (document.status === 401 || (document.status === 400 && document.text.includes('invalid_client'))) {
    const because = `introspection endpoint ${question.url} refuses the gateway's own client credentials: status ${document.status}, client_id '${wiring.clientId}', ${/invalid_client/.exec(document.text)?.[0] ?? 'no error code'}, expected status 200`;
    throw idpUnavailable('introspection not available: the gateway is not allowed to ask', because);
  }
  const answer = jsonObject(document);
  if (!parts.isActive(answer.active, question)) {
    const because = `introspection endpoint ${question.url} answers active false, expected true`;
    throw invalidToken(
      'token is not active and is not a JWT',
      `token is not active: ${because} (and it is not a JWT: 1 part, expected 3)`,
    );
  }
  if (answer.exp !== undefined) parts.checkExpiry(answer, gateway);
  parts.checkNotBefore(answer, gateway);
  if (answer.iss !== undefined) parts.checkIssuer(answer, gateway);
  if (answer.aud !== undefined) parts.checkAudience(answer, gateway);
  return answer;
}

/** `active` is a boolean (RFC 7662 §2.2); anything else is no answer. Throws a `Refusal` (503) for that. */
export function isActive(active: unknown, question: Question): boolean {
  if (typeof active === 'boolean') return active;
  throw unusable(
    question,
    `answers without a boolean active: it is ${active === undefined ? 'missing' : `${kind(active)}, ${shown(active)}`}, expected true or false`,
  );
}

/** RFC 6749 §2.3.1: both are form-encoded first. */
function basic(id: string, secret: string): string {
  const encoded = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);
  return Buffer.from(`${encoded(id)}:${encoded(secret)}`).toString('base64');
}
