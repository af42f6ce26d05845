import type { Expectation } from '../../harness/model/scenario.ts';
import { idTokenExpiresLater } from '../../harness/oracles/issued-id-token.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc7523 } from '../../harness/requirements/rfc7523.ts';
import { rfc7662 } from '../../harness/requirements/rfc7662.ts';
import { clockFast, clockSlow } from '../../mocks/faults/idp/time/clock.ts';
import { broken } from './broken.ts';
import { grantsOrRefuses, grantsRequest, refusesGrant } from './expectations.ts';
import { authorize, clientCredentials, introspect, redeem, refresh, userinfo } from './stimuli.ts';

const cause = 'idp/clock-skew';
const fast = clockFast({ by: '30m' });
const slow = clockSlow({ by: '30m' });

const needs = (...more: readonly string[]) => ['authorization-code', ...more];
const dated = () => grantsRequest(rfc6749.codeIsValid, idTokenExpiresLater().by(openidCore.expiryClaim));
const tokens = { stimulus: [authorize(), redeem()], needs: needs('openid'), expect: dated };
const refreshed = {
  stimulus: [authorize(), redeem(), refresh()],
  needs: needs('refresh-token'),
  expect: () => grantsRequest(rfc6749.refreshTokenValid),
};
const introspected = {
  stimulus: [authorize(), redeem(), introspect()],
  needs: needs('introspection'),
  expect: () => grantsRequest(rfc7662.activeRequired),
};
const asked = {
  stimulus: [authorize(), redeem(), userinfo()],
  needs: needs('openid', 'userinfo'),
  expect: () => grantsRequest(openidCore.userinfoMethods),
};
const asserted = (expect: () => Expectation) => ({
  stimulus: [clientCredentials({ client: 'assertion', authentication: { by: 'jwt' } })],
  needs: ['client-credentials', 'client-secret-jwt'],
  expect,
});

/**
 * The IdP's own clock is half an hour off. What it issues it also judges, by the same clock; of what its clients date, RFC 7523
 * §3 says: "The authorization server MUST reject any JWT with an expiration time that has passed". One from the future it
 * may refuse ("MAY reject JWTs with an "iat" claim value that is unreasonably far in the past" is all that is said of iat).
 */
export default broken(
  {
    family: 'own-clock',
    remedy:
      "Keep the IdP's clock in step (NTP), on all its machines alike, and log the times of an assertion beside the current one.",
    on: 'idp',
    needs: ['clock'],
    isolation: 'exclusive',
  },
  {
    'tokens-fast': { fault: fast, ...tokens },
    'tokens-slow': { fault: slow, ...tokens },
    'refresh-fast': { fault: fast, ...refreshed },
    'refresh-slow': { fault: slow, ...refreshed },
    'introspection-fast': { fault: fast, ...introspected },
    'introspection-slow': { fault: slow, ...introspected },
    'userinfo-fast': { fault: fast, ...asked },
    'userinfo-slow': { fault: slow, ...asked },
    'assertion-fast': {
      fault: fast,
      ...asserted(() =>
        refusesGrant({
          cause,
          by: rfc7523.notAfterExpiry,
          error: ['invalid_client', 'invalid_grant', 'invalid_request'],
        }),
      ),
    },
    'assertion-slow': {
      fault: slow,
      ...asserted(() =>
        grantsOrRefuses({
          cause,
          by: practice.tolerates,
          error: ['invalid_client', 'invalid_grant', 'invalid_request'],
        }),
      ),
    },
  },
);
