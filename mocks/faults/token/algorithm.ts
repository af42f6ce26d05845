import type { Json } from '../../../harness/model/json.ts';
import { publishedKey, signingKeyOf, tokenFault, withHeader, withoutHeader } from './draft.ts';

const cause = 'token/signature';

// The key signs as it should; only what the header says of the algorithm is wrong (RFC 7515 §4.1.1).
const says = (variant: string, summary: string, alg: Json) =>
  tokenFault(`alg-${variant}`, cause, summary, (draft) => withHeader(draft, { alg }));

export const algorithmLowerCase = () =>
  tokenFault('alg-lower-case', cause, 'alg is in lower case', (draft) =>
    withHeader(draft, { alg: String(draft.header.alg).toLowerCase() }),
  );
export const algorithmMismatch = () => says('mismatch', 'alg is ES256, key and signature are RSA', 'ES256');
export const algorithmUnknown = () => says('unknown', 'alg is XY256, which does not exist', 'XY256');
export const algorithmEmpty = () => says('empty', 'alg is empty', '');
export const algorithmNull = () => says('null', 'alg is null', null);
export const algorithmTrue = () => says('true', 'alg is true', true);
export const algorithmNumber = () => says('number', 'alg is the number 256', 256);
export const algorithmArray = () =>
  tokenFault('alg-array', cause, 'alg is an array with the right algorithm', (draft) =>
    withHeader(draft, { alg: [draft.header.alg ?? ''] }),
  );
export const algorithmMissing = () =>
  tokenFault('alg-missing', cause, 'alg is missing', (draft) => withoutHeader(draft, 'alg'));

// The header tells the truth, and the key was never meant for this algorithm (RFC 8725 §3.1).
const signedAs = (alg: 'PS256' | 'RS512' | 'RS1') =>
  tokenFault(`alg-${alg.toLowerCase()}`, cause, `alg is ${alg}, and the key's own algorithm another`, (draft) => ({
    ...withHeader(draft, { alg }),
    signer: { by: 'key', key: { ...signingKeyOf(draft), alg } },
  }));

export const algorithmPs256 = () => signedAs('PS256');
export const algorithmRs512 = () => signedAs('RS512');
export const algorithmSha1 = () => signedAs('RS1');

/** Correctly signed by the issuer's other published key: right unless the target allows RS256 only. */
export const algorithmOtherPublished = () =>
  tokenFault('alg-other-published', cause, "signed by the issuer's published EC key", (draft) => {
    const key = publishedKey(draft, 'EC');
    return { ...withHeader(draft, { alg: key.alg, kid: key.kid }), signer: { by: 'key', key } };
  });
