import type { Scenario } from '../../harness/model/scenario.ts';
import { admitsFailure, saysThatItFailed, worksOnOrSaysWhy } from './expectations.ts';
import { logIn, openPage, refresh, refreshTokenOf, revoke } from './stimuli.ts';

const common = {
  role: 'client',
  isolation: 'exclusive',
  faults: [],
  needs: ['code', 'calls-api'],
} as const;

/** RFC 6750 §3.1, invalid_token: "The client MAY request a new access token and retry the protected resource request." */
export default [
  {
    ...common,
    id: 'client/token-revoked/access-token',
    cause: 'token/caching',
    summary: "A user is logged in, and the access token is revoked before the client's next call of the API.",
    remedy: 'On invalid_token refresh the token once and try again; without a refresh token send the user to log in.',
    stimulus: [logIn({ token: 'session' }), revoke('session'), openPage()],
    expect: worksOnOrSaysWhy('token/caching'),
  },
  {
    ...common,
    id: 'client/token-revoked/grant',
    cause: 'refresh/revoked',
    summary: "A user is logged in, and all that they granted is revoked before the client's next call of the API.",
    remedy: 'On invalid_token refresh the token once; when that fails, too, say so, and send the user to log in.',
    stimulus: [logIn({ token: 'session' }), revoke(refreshTokenOf('session')), openPage()],
    needs: [...common.needs, 'refresh'],
    // Whether the client learns of the grant depends on whether it tries to refresh.
    expect: admitsFailure(),
  },
  {
    ...common,
    id: 'client/token-revoked/refresh-token',
    cause: 'refresh/revoked',
    summary: 'A user is logged in, and all that they granted is revoked before the client refreshes its token.',
    remedy:
      'On invalid_grant drop the tokens, log that the refresh token is expired or revoked, and send the user to log in.',
    needs: [...common.needs, 'refresh', '!web'],
    stimulus: [logIn({ token: 'session' }), revoke(refreshTokenOf('session')), refresh()],
    expect: saysThatItFailed('refresh/revoked'),
  },
] satisfies readonly Scenario[];
