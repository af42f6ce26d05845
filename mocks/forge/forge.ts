import type { Random } from '../../harness/model/fault.ts';
import type { SigningKey, TokenDraft } from '../../harness/model/token.ts';
import { serialise } from './serialise.ts';

/** What a correct access token says. Times are in seconds. */
export interface TokenFacts {
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  /** Space-delimited. */
  readonly scope: string;
  readonly clientId: string;
  /** The issuer's clock, since 1970. */
  readonly now: number;
  readonly lifetime: number;
  /** Keys that the issuer publishes; the first one signs. */
  readonly published: readonly [SigningKey, ...SigningKey[]];
  readonly foreign: SigningKey;
  readonly attackerUrl: string;
  readonly random: Random;
}

/** A correct JWT access token (RFC 9068 §2) that is not signed yet, for flaws to be applied to. */
export function draftToken(facts: TokenFacts): TokenDraft {
  const { issuer, audience, published, attackerUrl } = facts;
  const now = Math.floor(facts.now);
  const [key] = published;
  return {
    header: { alg: key.alg, typ: 'at+jwt', kid: key.kid },
    payload: {
      iss: issuer,
      exp: now + facts.lifetime,
      aud: audience,
      sub: facts.subject,
      client_id: facts.clientId,
      iat: now,
      jti: facts.random.hex(16),
      scope: facts.scope,
    },
    signer: { by: 'key', key },
    afterwards: [],
    surroundings: {
      now,
      issuer,
      audience,
      published,
      // Only a flaw asks for it, and it takes a while to make.
      get foreign() {
        return facts.foreign;
      },
      attackerUrl,
    },
  };
}

/** Signs and serialises a draft, whether it makes sense or not. */
export async function forge(draft: TokenDraft): Promise<string> {
  return draft.afterwards.reduce((text, change) => change(text), await serialise(draft));
}
