import { base64url, part, tokenFault, withHeader } from './draft.ts';

const cause = 'token/signature';
const casings = { lower: 'none', capital: 'None', upper: 'NONE', mixed: 'nOnE' } as const;
const unsecured = { by: 'bytes', signature: new Uint8Array() } as const;

/** An Unsecured JWS (RFC 7515 appendix A.5) where a signed one is expected. */
export const algorithmNone = ({ casing = 'lower' }: { readonly casing?: keyof typeof casings } = {}) =>
  tokenFault(`none-${casing}`, cause, `alg is ${casings[casing]} and the signature empty`, (draft) => ({
    ...withHeader(draft, { alg: casings[casing] }),
    signer: unsecured,
  }));

export const algorithmNoneSigned = () =>
  tokenFault('none-signed', cause, 'alg is none and a real signature follows', (draft) =>
    withHeader(draft, { alg: 'none' }),
  );

export const algorithmNoneJunk = () =>
  tokenFault('none-junk', cause, 'alg is none and junk follows as the signature', (draft, random) => {
    const junk = random.hex(16);
    return {
      ...withHeader(draft, { alg: 'none' }),
      signer: unsecured,
      ...part(draft, 2, () => base64url(junk)),
    };
  });

export const algorithmNonePadded = () =>
  tokenFault('none-padded', cause, 'alg is none with a space behind it', (draft) => ({
    ...withHeader(draft, { alg: 'none ' }),
    signer: unsecured,
  }));

export const algorithmNoneTwoParts = () =>
  tokenFault('none-two-parts', cause, 'alg is none and the last dot is gone too', (draft) => ({
    ...withHeader(draft, { alg: 'none' }),
    signer: unsecured,
    afterwards: [...draft.afterwards, (token) => token.split('.').slice(0, 2).join('.')],
  }));
