import type { Json } from '../../../harness/model/json.ts';
import { tokenFault, withClaims, withHeader, withoutClaims } from './draft.ts';

const stranger = 'https://issuer.attacker.example';

// `iss` must exactly match the issuer identifier (RFC 9068 §4).
const issuer = (variant: string, summary: string, iss: (right: string) => Json) =>
  tokenFault(`issuer-${variant}`, 'token/issuer', summary, (draft) =>
    withClaims(draft, { iss: iss(draft.surroundings.issuer) }),
  );

export const issuerMissing = () =>
  tokenFault('issuer-missing', 'token/issuer', 'iss is missing', (draft) => withoutClaims(draft, 'iss'));

export const issuerOther = () => issuer('other', 'iss names another issuer', () => stranger);

export const issuerTrailingSlash = () =>
  issuer('trailing-slash', 'iss differs by a trailing slash', (right) =>
    right.endsWith('/') ? right.slice(0, -1) : `${right}/`,
  );

export const issuerCase = () => issuer('case', 'iss is in upper case', (right) => right.toUpperCase());

export const issuerArray = () => issuer('array', 'iss is an array with the right issuer', (right) => [right]);

export const issuerExtended = () =>
  issuer('extended', 'iss begins with the right issuer and goes on', (right) => `${right}.attacker.example`);

export const issuerSubpath = () =>
  issuer('subpath', 'iss is a path below the right issuer', (right) => `${right}/other`);

export const issuerContaining = () =>
  issuer('containing', 'iss ends with the right issuer', (right) => `${stranger}/?${right}`);

export const issuerUserinfo = () =>
  issuer('userinfo', 'iss carries the right host as user information', (right) => `${right}@attacker.example`);

export const issuerHttp = () => issuer('http', 'iss has the scheme http', (right) => right.replace(/^https:/, 'http:'));

export const issuerPadded = () => issuer('padded', 'iss has a space before and after', (right) => ` ${right} `);

/** The right issuer stands in the JOSE header, where nothing may trust it (RFC 7519 §5.3). */
export const issuerOnlyInHeader = () =>
  tokenFault(
    'issuer-only-in-header',
    'token/issuer',
    'iss is right in the header and wrong in the claims',
    (draft) => ({
      ...withHeader(draft, { iss: draft.surroundings.issuer }),
      ...withClaims(draft, { iss: stranger }),
    }),
  );

/** A target that looks up keys by `iss` before it trusts `iss` ends at the attacker's. */
export const issuerAttacker = () =>
  tokenFault('issuer-attacker', 'token/issuer', "iss, kid and signature are the attacker's own", (draft) => {
    const { attackerUrl, foreign } = draft.surroundings;
    return {
      ...withHeader(draft, { kid: foreign.kid }),
      ...withClaims(draft, { iss: new URL(attackerUrl).origin }),
      signer: { by: 'key', key: foreign },
    };
  });
