import { rfc } from './document.ts';

const { must } = rfc(7521);

/** Assertion Framework for OAuth 2.0 Client Authentication and Authorization Grants. */
export const rfc7521 = {
  sameClient: must('4.2', 'same-client', 'MUST identify the same client as is identified by the client assertion.', {
    cwe: ['CWE-287'],
  }),
};
