import { rfc } from './document.ts';

const { must } = rfc(8414);

/** OAuth 2.0 Authorization Server Metadata. */
export const rfc8414 = {
  issuerIdentical: must(
    '3.3',
    'issuer-identical',
    'If these values are not identical, the data contained in the response MUST NOT be used.',
    { cwe: ['CWE-346'] },
  ),
};
