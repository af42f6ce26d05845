import type { Scenario } from '../../harness/model/scenario.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { logIn, openPage, rotateKeys } from '../client/stimuli.ts';
import { goesOn, goesOnOrExplains } from './expectations.ts';

const common = { role: 'chain', needs: ['jwt', 'jwks', 'id-token'], isolation: 'fresh', faults: [] } as const;
const remedy =
  'Fetch the JWK Set again when a token names a key that is not in it, and no more often than is bearable.';

/** OpenID Connect Core §10.1.1: the verifier goes back to the JWKS "when it sees an unfamiliar kid value": here two do. */
export default [
  {
    ...common,
    id: 'chain/keys/rotated-between-logins',
    cause: 'migration/key-rotation',
    summary: 'The IdP signs with a new key; the old one stays published, and a user logs in.',
    remedy,
    stimulus: [logIn(), rotateKeys(), logIn({ user: 'bob', until: 'keyRefresh' })],
    expect: goesOn(openidCore.refetchOnUnknownKid),
  },
  {
    ...common,
    id: 'chain/keys/withdrawn-between-logins',
    cause: 'migration/key-rotation',
    summary: 'The IdP replaces its key and withdraws the old one, and a user logs in.',
    remedy,
    stimulus: [logIn(), rotateKeys({ withdraw: true }), logIn({ user: 'bob', until: 'keyRefresh' })],
    expect: goesOn(openidCore.refetchOnUnknownKid),
  },
  {
    ...common,
    id: 'chain/keys/withdrawn-between-pages',
    cause: 'migration/key-rotation',
    summary: "The IdP withdraws the key of a token that a user's client goes on using.",
    remedy:
      'On invalid_token the client refreshes once; a gateway that still knows the key may go on until it looks again.',
    stimulus: [logIn(), rotateKeys({ withdraw: true }), openPage()],
    expect: goesOnOrExplains('gateway', 'migration/key-rotation'),
  },
] satisfies readonly Scenario[];
