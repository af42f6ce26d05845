import type { CauseId } from '../../harness/model/cause.ts';
import { rfc7517 } from '../../harness/requirements/rfc7517.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import * as body from '../../mocks/faults/links/body.ts';
import { wrongContentType } from '../../mocks/faults/links/content-type.ts';
import { broken } from './broken.ts';
import {
  refusesAsUnavailable,
  refusesWithoutKey,
  worksOn,
  worksOnOrRefuses,
  worksOnOrRefusesWithoutKey,
} from './expectations.ts';

const remedy =
  'Ignore keys that are not understood, use the others, and say which document at which URL was of no use.';
const keys: CauseId = 'idp/signing-keys';

/** RFC 7517 §5: "Implementations SHOULD ignore JWKs within a JWK Set that use "kty" (key type) values that are not understood." */
export default [
  ...broken(
    { family: 'jwks-document', remedy, on: 'idp', at: 'jwks', needs: ['jwt', 'jwks'], isolation: 'fresh', cold: true },
    {
      empty: { fault: idp.jwksEmpty(), expect: refusesWithoutKey },
      'signing-key-missing': { fault: idp.jwksSigningKeyMissing(), expect: refusesWithoutKey },
      'other-keys': { fault: idp.jwksOtherKeys(), expect: refusesWithoutKey },
      'key-swapped': { fault: idp.jwksKeySwapped(), cause: 'token/signature', expect: refusesWithoutKey },
      'only-symmetric': { fault: idp.jwksOnlySymmetric(), expect: refusesWithoutKey },
      'key-type-missing': { fault: idp.jwksKeyTypeMissing(), expect: refusesWithoutKey },
      'modulus-missing': { fault: idp.jwksModulusMissing(), expect: refusesWithoutKey },
      'unknown-key-type': { fault: idp.jwksUnknownKeyType(), expect: () => worksOn(rfc7517.ignoreUnknownKeys) },
      'unknown-members': { fault: idp.jwksUnknownMembers(), expect: () => worksOn(rfc7517.ignoreUnknownMembers) },
      'use-encryption': { fault: idp.jwksUseEncryption(), expect: worksOnOrRefusesWithoutKey },
      'duplicate-kid': { fault: idp.jwksDuplicateKid(), expect: worksOnOrRefusesWithoutKey },
      'kid-missing': { fault: idp.jwksKidMissing(), expect: worksOnOrRefusesWithoutKey },
    },
  ),
  ...broken(
    {
      family: 'jwks-document',
      remedy,
      on: 'gateway→idp',
      at: 'jwks',
      needs: ['jwt', 'jwks'],
      isolation: 'fresh',
      cold: true,
    },
    {
      malformed: { fault: body.malformedJson({ cause: keys }), expect: refusesAsUnavailable },
      'empty-body': { fault: body.empty({ cause: keys }), expect: refusesAsUnavailable },
      array: { fault: body.jsonArray({ cause: keys }), expect: refusesAsUnavailable },
      huge: { fault: body.huge({ cause: keys }), expect: worksOnOrRefuses },
      'content-type-html': { fault: wrongContentType({ cause: keys }), expect: worksOnOrRefuses },
    },
  ),
];
