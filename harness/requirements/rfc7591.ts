import { rfc } from './document.ts';

const { should } = rfc(7591);

/** OAuth 2.0 Dynamic Client Registration Protocol. */
export const rfc7591 = {
  /** Declarative in the text, so never more than a warning. */
  scopeOfClient: should(
    '2',
    'scope-of-client',
    'String containing a space-separated list of scope values (as described in Section 3.3 of OAuth 2.0 [RFC6749]) that the client can use when requesting access tokens.',
    { cwe: ['CWE-269'] },
  ),
};
