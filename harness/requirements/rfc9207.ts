import { rfc } from './document.ts';

const { must } = rfc(9207);

/** Authorization Server Issuer Identification. */
export const rfc9207 = {
  rejectOtherIssuer: must(
    '2.4',
    'reject-other-issuer',
    'If the value does not match the expected issuer identifier, clients MUST reject the authorization response and MUST NOT proceed with the authorization grant.',
    { cwe: ['CWE-346'], asvs: ['10.2.2'] },
  ),
};
