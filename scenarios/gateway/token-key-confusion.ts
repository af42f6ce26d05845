import { rfc8725 } from '../../harness/requirements/rfc8725.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { refusesToken } from './expectations.ts';
import { forged, type Variant } from './forged.ts';

const cause = 'token/signature';
const expect = refusesToken({ cause, by: rfc8725.oneAlgorithmPerKey });
const signedWith = (shape: NonNullable<Parameters<typeof token.keyConfusion>[0]>['shape'] & string): Variant => ({
  flaw: token.keyConfusion({ shape }),
  expect,
});

/** RFC 8725 §3.1: "each key MUST be used with exactly one algorithm": a public key is no HMAC secret. */
export default forged(
  {
    family: 'token-key-confusion',
    cause,
    remedy: 'Bind each key to its algorithm; never let the token say that a public key is an HMAC secret.',
  },
  {
    'spki-pem': signedWith('spki-pem'),
    'spki-pem-trimmed': signedWith('spki-pem-trimmed'),
    'pkcs1-pem': signedWith('pkcs1-pem'),
    'spki-der': signedWith('spki-der'),
    jwk: signedWith('jwk'),
    modulus: signedWith('modulus'),
    empty: signedWith('empty'),
    'weak-secret': { flaw: token.weakSecret({ secret: 'secret' }), expect },
  },
);
