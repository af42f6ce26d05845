import { rfc } from './document.ts';

const { must } = rfc(9207);

/** Authorization Server Issuer Identification. */
export const rfc9207 = {
  saysWhoItIs: must(
    '2',
    'says-who-it-is',
    'In authorization responses to the client, including error responses, an authorization server supporting this specification MUST indicate its identity by including the iss parameter in the response.',
    { cwe: ['CWE-346'] },
  ),
  rejectOtherIssuer: must(
    '2.4',
    'reject-other-issuer',
    'If the value does not match the expected issuer identifier, clients MUST reject the authorization response and MUST NOT proceed with the authorization grant.',
    { cwe: ['CWE-346'], asvs: ['10.2.2'] },
  ),
  rejectMissingIssuer: must(
    '2.4',
    'reject-missing-issuer',
    "Clients MUST reject authorization responses without the iss parameter from authorization servers that do support the parameter according to the client's configuration.",
    { cwe: ['CWE-346'], asvs: ['10.2.2'] },
  ),
};
