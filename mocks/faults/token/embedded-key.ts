import type { Json, JsonObject } from '../../../harness/model/json.ts';
import type { TokenDraft } from '../../../harness/model/token.ts';
import { certificateOver } from './certificate.ts';
import { publishedKey, signingKeyOf, tokenFault, withHeader } from './draft.ts';

// The token is signed with the foreign key and brings that key, or says where to get it (RFC 8725 §3.10).
const embedded = (variant: string, summary: string, header: (draft: TokenDraft) => JsonObject) =>
  tokenFault(`embedded-${variant}`, 'token/signature', summary, (draft) => {
    const { foreign } = draft.surroundings;
    return {
      ...withHeader(draft, { kid: foreign.kid, ...header(draft) }),
      signer: { by: 'key', key: foreign },
    };
  });

const foreignJwk = ({ surroundings }: TokenDraft, members: JsonObject = {}): JsonObject => {
  const { kty, n, e, kid, alg, use } = surroundings.foreign.publicJwk;
  return Object.fromEntries(
    Object.entries({ kty, n, e, kid, alg, use, ...members }).filter(([, value]) => value !== undefined),
  ) as JsonObject;
};

const url = ({ surroundings }: TokenDraft) => surroundings.attackerUrl;
const pem = (draft: TokenDraft) => new URL('/chain.pem', url(draft)).href;
const chain = ({ surroundings }: TokenDraft): Json => surroundings.foreign.publicJwk.x5c ?? [];
const publishedKid = (draft: TokenDraft) => signingKeyOf(draft).kid;

export const embeddedJwk = () =>
  embedded('jwk', 'jwk holds the foreign key that signed', (draft) => ({ jwk: foreignJwk(draft) }));

export const embeddedJwkPublishedKid = () =>
  embedded('jwk-published-kid', 'jwk holds the foreign key under the published kid', (draft) => {
    const kid = publishedKid(draft);
    return { kid, jwk: foreignJwk(draft, { kid }) };
  });

export const embeddedJwkUrl = () =>
  embedded('jwk-url', "jwk is the attacker's URL instead of a key", (draft) => ({ jwk: url(draft) }));

export const embeddedJwkWithJku = () =>
  embedded('jwk-with-jku', 'jwk holds the foreign key, which carries jku and x5u itself', (draft) => ({
    jwk: foreignJwk(draft, { jku: url(draft), x5u: pem(draft) }),
  }));

export const embeddedJwkWithX5c = () =>
  embedded('jwk-with-x5c', 'jwk holds the foreign key, which carries its self-signed certificate in x5c', (draft) => ({
    jwk: foreignJwk(draft, { x5c: chain(draft) }),
  }));

export const embeddedJku = () => embedded('jku', "jku names the attacker's JWK Set", (draft) => ({ jku: url(draft) }));

export const embeddedJkuPublishedKid = () =>
  embedded('jku-published-kid', "jku names the attacker's JWK Set, kid the published key", (draft) => ({
    jku: url(draft),
    kid: publishedKid(draft),
  }));

export const embeddedJkuArray = () =>
  embedded('jku-array', "jku is an array of the issuer's URL and the attacker's", (draft) => ({
    jku: [draft.surroundings.issuer, url(draft)],
  }));

export const embeddedJkuArrayAttackerFirst = () =>
  embedded('jku-array-attacker-first', "jku is an array of the attacker's URL and the issuer's", (draft) => ({
    jku: [url(draft), draft.surroundings.issuer],
  }));

export const embeddedJkuUserinfo = () =>
  embedded('jku-userinfo', "jku begins with the issuer's host, as user information", (draft) => {
    const target = new URL(url(draft));
    return { jku: `${target.protocol}//${new URL(draft.surroundings.issuer).host}@${target.host}${target.pathname}` };
  });

export const embeddedX5u = () =>
  embedded('x5u', "x5u names the attacker's certificate", (draft) => ({ x5u: pem(draft) }));

export const embeddedX5c = () =>
  embedded('x5c', "x5c holds the foreign key's self-signed certificate", (draft) => ({ x5c: chain(draft) }));

export const embeddedX5cPublishedKid = () =>
  embedded('x5c-published-kid', 'x5c holds a self-signed certificate, kid names the published key', (draft) => ({
    x5c: chain(draft),
    kid: publishedKid(draft),
  }));

/** A certificate that the attacker made over the issuer's public key: whoever looks at one of the two sees a good key. */
const chainOfTwo = (variant: string, summary: string, order: (good: string, evil: Json) => Json) =>
  embedded(variant, summary, (draft) => {
    const [evil = ''] = chain(draft) as readonly string[];
    const { publicJwk } = publishedKey(draft, 'RSA');
    return { x5c: order(certificateOver(publicJwk, draft.surroundings.foreign), evil) };
  });

export const embeddedX5cGoodFirst = () =>
  chainOfTwo(
    'x5c-good-first',
    "x5c holds a certificate over the issuer's key, then the foreign key's",
    (good, evil) => [good, evil],
  );

export const embeddedX5cGoodLast = () =>
  chainOfTwo(
    'x5c-good-last',
    "x5c holds the foreign key's certificate, then one over the issuer's key",
    (good, evil) => [evil, good],
  );

/** A symmetric key in `jwk`, and HMAC with it. */
export const embeddedSecret = () =>
  tokenFault('embedded-secret', 'token/signature', 'jwk holds the HMAC key that signed', (draft, random) => {
    const secret = Buffer.from(random.hex(32), 'hex');
    const jwk = { kty: 'oct', alg: 'HS256', k: secret.toString('base64url') };
    return { ...withHeader(draft, { alg: 'HS256', jwk }), signer: { by: 'hmac', secret, hash: 'sha256' } };
  });
