import { type Document, jsonObject, type Question, unusable } from '../gateway/fetch.ts';
import { shown } from '../gateway/text.ts';
import type { Members } from '../gateway/token.ts';
import { failure } from './failure.ts';
import type { Client } from './parts.ts';
import type { Tokens } from './token-endpoint.ts';

/**
 * Asks the UserInfo endpoint about the user of the token (OIDC Core §5.3.1). Resolves to nothing where the issuer has
 * none, and throws for an answer that is no JSON object.
 */
export async function askUserInfo({ access }: Tokens, client: Client): Promise<Members | undefined> {
  const { userinfo_endpoint: url } = await client.metadata.current();
  if (url === undefined) return undefined;
  const question: Question = {
    what: 'UserInfo endpoint',
    url,
    headers: { accept: 'application/json', authorization: `Bearer ${access}` },
    until: performance.now() + client.limits.idpDeadline,
  };
  return client.parts.readUserInfo(await client.parts.fetchDocument(client, question));
}

/** The claims of an answer (§5.3.2). One that is signed or encrypted was not asked for. */
export function readUserInfo(document: Document): Members {
  const { question, status, type } = document;
  if (status === 401) {
    const because = `UserInfo endpoint ${question.url} answered 401: the access token is refused, it is expired or revoked`;
    throw failure('invalid_token', 'the identity provider refuses the access token that it issued', because);
  }
  const media = type.split(';', 1)[0]?.trim().toLowerCase();
  if (status === 200 && media === 'application/jwt') {
    const says = 'malformed token: signed, which was not asked for';
    const because = `malformed UserInfo of ${question.url}: a token (JWT) that was not asked for: Content-Type got ${shown(type)}, expected 'application/json'`;
    throw failure('invalid_userinfo', `the UserInfo of the identity provider is not acceptable: ${says}`, because);
  }
  if (status === 200 && media !== 'application/json') {
    throw unusable(question, `is not JSON: Content-Type got ${shown(type)}, expected 'application/json'`);
  }
  return jsonObject(document);
}

/** §5.3.2: the sub "MUST be verified to exactly match the sub Claim in the ID Token". */
export function checkUserInfo({ sub }: Members, expected: string): void {
  if (sub === expected) return;
  const [says, got] = sub === undefined ? ['sub missing', 'none'] : ['sub mismatch', shown(sub)];
  throw failure(
    'invalid_userinfo',
    `the UserInfo of the identity provider is not acceptable: ${says}`,
    `malformed UserInfo: ${says}: got ${got}, expected ${shown(expected)}, that of the ID token`,
  );
}
