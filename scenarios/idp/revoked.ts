import { answers } from '../../harness/oracles/answers.ts';
import { challenges } from '../../harness/oracles/challenges.ts';
import { refuse } from '../../harness/oracles/expect.ts';
import { rfc6750 } from '../../harness/requirements/rfc6750.ts';
import { rfc7009 } from '../../harness/requirements/rfc7009.ts';
import { discretion, endures, explains, refusesGrant, reportsInactive } from './expectations.ts';
import { authorize, introspect, redeem, refresh, revoke, userinfo } from './stimuli.ts';
import { table } from './table.ts';

/** RFC 7009 §2.1: "the token cannot be used again after the revocation." */
export default table(
  {
    family: 'revoked',
    cause: 'token/caching',
    remedy: 'Look a revocation up wherever the token is used: at introspection, at UserInfo and when it is refreshed.',
    needs: ['authorization-code', 'revocation'],
    before: [authorize(), redeem()],
  },
  {
    introspected: {
      summary: 'An access token is revoked, and then introspected.',
      does: [introspect(), revoke(), introspect()],
      expect: reportsInactive(rfc7009.takesPlaceImmediately),
      needs: ['introspection'],
    },
    'at-userinfo': {
      summary: 'An access token is revoked, and then used at UserInfo.',
      does: [userinfo(), revoke(), userinfo()],
      expect: refuse({
        signal: [answers(401).by(rfc7009.takesPlaceImmediately), challenges('Bearer').by(rfc6750.mustChallenge)],
        diagnosis: explains('token/caching'),
        discretion,
        resilience: endures,
      }),
      needs: ['userinfo', 'openid'],
    },
    refreshed: {
      summary: 'A refresh token is revoked, and then used.',
      does: [revoke({ token: 'refresh_token' }), refresh()],
      expect: refusesGrant({
        cause: 'refresh/revoked',
        by: rfc7009.takesPlaceImmediately,
        error: 'invalid_grant',
      }),
      needs: ['refresh-token'],
      cause: 'refresh/revoked',
    },
  },
);
