import type { CauseId } from '../../harness/model/cause.ts';
import type { Expectation, Scenario } from '../../harness/model/scenario.ts';
import { recovers } from '../../harness/oracles/recovers.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { rfc7517 } from '../../harness/requirements/rfc7517.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import * as body from '../../mocks/faults/links/body.ts';
import { resetBeforeAnswer } from '../../mocks/faults/links/delivery.ts';
import { status } from '../../mocks/faults/links/status.ts';
import { broken } from './broken.ts';
import { refusesWhatCame, saysThatItFailed, worksOn, worksOnOrSaysWhy } from './expectations.ts';
import { logIn, rotateKeys } from './stimuli.ts';

const needs = ['id-token', 'id-token-signature', 'jwks'] as const;
const common = {
  family: 'jwks',
  remedy:
    'Fetch the keys again for an unknown kid, ignore keys that are not understood, and say what was wrong at which URL.',
  at: 'jwks',
  needs,
  isolation: 'fresh',
  cold: true,
  stimulus: [logIn()],
} as const;
const cause: CauseId = 'idp/signing-keys';
const withoutKey = (what: string) => refusesWhatCame({ cause: what, by: openidCore.keysOfIssuer });

const { outcome, properties } = worksOnOrSaysWhy('migration/key-rotation');
/** How often keys are fetched is bounded, so that the first login may still fail; that of the control must not. */
const rotation: Expectation = {
  outcome,
  properties: { ...properties, resilience: [...properties.resilience, recovers().by(openidCore.refetchOnUnknownKid)] },
};

/** OpenID Connect Core §10.1.1: the verifier goes back to the JWKS "when it sees an unfamiliar kid value." */
const rotations: readonly Scenario[] = [false, true].map((withdraw) => ({
  id: `client/jwks/${withdraw ? 'key-replaced' : 'key-added'}`,
  role: 'client',
  cause: 'migration/key-rotation',
  summary: `A user has logged in; then the IdP signs with a new key, and the old one ${withdraw ? 'is withdrawn' : 'stays published'}.`,
  remedy: common.remedy,
  needs,
  isolation: 'fresh',
  faults: [],
  stimulus: [logIn(), rotateKeys({ withdraw }), logIn({ user: 'bob' })],
  expect: rotation,
}));

export default [
  ...rotations,
  ...broken(
    { ...common, on: 'idp' },
    {
      empty: { fault: idp.jwksEmpty(), expect: withoutKey },
      'signing-key-missing': { fault: idp.jwksSigningKeyMissing(), expect: withoutKey },
      'other-keys': { fault: idp.jwksOtherKeys(), expect: withoutKey },
      'key-swapped': { fault: idp.jwksKeySwapped(), cause: 'token/signature', expect: withoutKey },
      'only-symmetric': { fault: idp.jwksOnlySymmetric(), expect: withoutKey },
      'modulus-broken': { fault: idp.jwksModulusBroken(), expect: withoutKey },
      'unknown-key-type': { fault: idp.jwksUnknownKeyType(), expect: () => worksOn(rfc7517.ignoreUnknownKeys) },
      'unknown-members': { fault: idp.jwksUnknownMembers(), expect: () => worksOn(rfc7517.ignoreUnknownMembers) },
      'use-encryption': { fault: idp.jwksUseEncryption(), expect: worksOnOrSaysWhy },
      'duplicate-kid': { fault: idp.jwksDuplicateKid(), expect: worksOnOrSaysWhy },
    },
  ),
  ...broken(
    { ...common, on: 'client→idp' },
    {
      malformed: { fault: body.malformedJson({ cause }), expect: saysThatItFailed },
      html: { fault: body.htmlPage({ cause }), expect: saysThatItFailed },
      'status-500': { fault: status(500, { cause: 'idp/endpoints' }), expect: worksOnOrSaysWhy },
      reset: { fault: resetBeforeAnswer({ cause: 'network/intermittent' }), expect: saysThatItFailed },
    },
  ),
];
