import type { Scenario } from '../../harness/model/scenario.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { logIn, openPage, restartIdp } from '../client/stimuli.ts';
import { failsAtGateway, goesOn, goesOnOrExplains } from './expectations.ts';

const common = { role: 'chain', isolation: 'fresh', faults: [] } as const;
const remedy =
  'The gateway logs that the IdP does not know the token or its key; the client drops what it holds once, and sends its user to log in.';

/** The IdP starts anew and knows nobody: its keys are others, its sessions and tokens are gone. */
export default [
  {
    ...common,
    id: 'chain/restart/between-logins',
    cause: 'migration/key-rotation',
    summary: 'The IdP starts anew with other keys, and another user logs in.',
    remedy,
    needs: ['jwt', 'jwks', 'id-token'],
    stimulus: [logIn(), restartIdp(), logIn({ user: 'bob', until: 'keyRefresh' })],
    expect: goesOn(openidCore.refetchOnUnknownKid),
  },
  {
    ...common,
    id: 'chain/restart/opaque-between-pages',
    cause: 'token/caching',
    summary: "The IdP starts anew and has forgotten the token that a user's client goes on using.",
    remedy,
    needs: ['introspection', '!introspection-cache'],
    stimulus: [logIn(), restartIdp(), openPage()],
    expect: failsAtGateway({ cause: 'token/caching' }),
  },
  {
    ...common,
    id: 'chain/restart/jwt-between-pages',
    cause: 'migration/key-rotation',
    summary: "The IdP starts anew with other keys, and a user's client goes on using a token that the old one signed.",
    remedy,
    needs: ['jwt', 'jwks'],
    stimulus: [logIn(), restartIdp(), openPage()],
    expect: goesOnOrExplains('gateway', 'migration/key-rotation'),
  },
] satisfies readonly Scenario[];
