import { rfc } from './document.ts';

const { must } = rfc(7636);

/** Proof Key for Code Exchange by OAuth Public Clients. */
export const rfc7636 = {
  publicMustChallenge: must(
    '4.4.1',
    'public-must-challenge',
    'the authorization endpoint MUST return the authorization error response with the "error" value set to "invalid_request".',
    { cwe: ['CWE-345'], asvs: ['10.4.6'] },
  ),
  unknownMethod: must(
    '4.4.1',
    'unknown-method',
    'If the server supporting PKCE does not support the requested transformation, the authorization endpoint MUST return the authorization error response with "error" value set to "invalid_request".',
  ),
  verifierMustMatch: must(
    '4.6',
    'verifier-must-match',
    'If the values are not equal, an error response indicating "invalid_grant" as described in Section 5.2 of [RFC6749] MUST be returned.',
    { cwe: ['CWE-345'], asvs: ['10.4.6'] },
  ),
};
