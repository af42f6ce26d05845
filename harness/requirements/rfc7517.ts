import { rfc } from './document.ts';

const { must, should } = rfc(7517);

/** JSON Web Key (JWK). */
export const rfc7517 = {
  ignoreUnknownMembers: must(
    '4',
    'ignore-unknown-members',
    'Additional members can be present in the JWK; if not understood by implementations encountering them, they MUST be ignored.',
  ),
  typePresent: must('4.1', 'type-present', 'This member MUST be present in a JWK.'),
  distinctKids: should(
    '4.5',
    'distinct-kids',
    'When "kid" values are used within a JWK Set, different keys within the JWK Set SHOULD use distinct "kid" values.',
  ),
  keysMember: must(
    '5',
    'keys-member',
    'The JSON object MUST have a "keys" member, with its value being an array of JWKs.',
  ),
  ignoreUnknownSetMembers: must(
    '5',
    'ignore-unknown-set-members',
    'Additional members can be present in the JWK Set; if not understood by implementations encountering them, they MUST be ignored.',
  ),
  ignoreUnknownKeys: should(
    '5',
    'ignore-unknown-keys',
    'Implementations SHOULD ignore JWKs within a JWK Set that use "kty" (key type) values that are not understood by them, that are missing required members, or for which values are out of the supported ranges.',
  ),
};
