import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc9700 } from '../../harness/requirements/rfc9700.ts';
import { answersAsTokens, grantsRequest, refusesGrant, reportsInactive } from './expectations.ts';
import { authorize, introspect, redeem, refresh, waitOut } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'refresh/revoked';
const refused = (by = rfc6749.refreshTokenValid) => refusesGrant({ cause, by, error: 'invalid_grant' });

/** RFC 6749 §6: the authorization server MUST "validate the refresh token." */
export default table(
  {
    family: 'refresh',
    cause,
    remedy:
      'Keep with each refresh token its client and its grant, take it once, and revoke the whole grant when it comes again.',
    needs: ['authorization-code', 'refresh-token'],
    before: [authorize(), redeem()],
  },
  {
    right: {
      summary: 'A refresh token is used as it should be.',
      does: refresh(),
      expect: grantsRequest(rfc6749.refreshTokenValid, ...answersAsTokens),
    },
    'right-again': {
      summary: 'What a refresh gave is used for the next one.',
      does: [refresh(), refresh()],
      expect: grantsRequest(rfc6749.refreshTokenValid),
    },
    'by-another-client': {
      summary: 'A refresh token is used by another client, which authenticates as itself.',
      does: refresh({ client: 'other', keep: 'stolen' }),
      expect: refused(rfc6749.refreshTokenBound),
    },
    'by-a-public-client': {
      summary: "A confidential client's refresh token is used by a public client, which needs no secret.",
      does: refresh({ client: 'public', keep: 'stolen' }),
      expect: refused(rfc6749.refreshTokenBound),
      needs: ['public-clients'],
    },
    'wrong-secret': {
      summary: 'A confidential client refreshes with a wrong secret.',
      does: refresh({ authentication: { secret: 'not-the-secret' } }),
      expect: refusesGrant({ cause: 'client/credentials', by: rfc6749.refreshAuthenticates, error: 'invalid_client' }),
      needs: ['client-secret'],
      cause: 'client/credentials',
    },
    'cut-short': {
      summary: 'The refresh token lacks its last character.',
      does: refresh({ parameters: { refresh_token: (right) => right.slice(0, -1) } }),
      expect: refused(),
    },
    garbage: {
      summary: 'The refresh token is none that anybody issued.',
      does: refresh({ parameters: { refresh_token: 'tGzv3JOkF0XG5Qx2TlKWIA' } }),
      expect: refused(),
    },
    missing: {
      summary: 'The request has no refresh token.',
      does: refresh({ parameters: { refresh_token: null } }),
      expect: refusesGrant({ cause: 'request/encoding', by: rfc6749.refreshTokenValid, error: 'invalid_request' }),
      cause: 'request/encoding',
    },
    'access-token': {
      summary: 'The access token is used as a refresh token.',
      does: refresh({ parameters: { refresh_token: '{access_token}' } }),
      expect: refused(),
    },
    'used-before': {
      summary: 'A refresh token is used a second time, after another one was issued for it.',
      does: [refresh({ keep: 'next' }), refresh()],
      expect: refused(rfc9700.previousInvalidated),
      needs: ['refresh-rotation'],
    },
    'used-before-by-public-client': {
      summary: "A public client's refresh token is used a second time.",
      does: [
        authorize({ client: 'public', keep: 'public' }),
        redeem({ of: 'public' }),
        refresh({ of: 'public', keep: 'next' }),
        refresh({ of: 'public' }),
      ],
      expect: refused(rfc9700.replayDetected),
      needs: ['public-clients'],
    },
    'next-after-replay': {
      summary: 'A refresh token is used a second time, and then the one that was issued for it.',
      does: [refresh({ keep: 'next' }), refresh({ keep: 'replay', comesTo: 'refused' }), refresh({ of: 'next' })],
      expect: refused(rfc9700.replayRevokes),
      needs: ['refresh-rotation'],
    },
    'used-before-introspected': {
      summary: 'A refresh token is introspected after another one was issued for it.',
      does: [refresh({ keep: 'next' }), introspect({ token: 'refresh_token' })],
      expect: reportsInactive(rfc9700.previousInvalidated),
      needs: ['refresh-rotation', 'introspection'],
    },
    expired: {
      summary: 'The refresh token is used after its declared lifetime.',
      does: [waitOut('refreshTokenLifetime'), refresh()],
      expect: refusesGrant({ cause: 'refresh/expired', by: rfc6749.invalidGrant, error: 'invalid_grant' }),
      cause: 'refresh/expired',
      isolation: 'fresh',
      slow: true,
    },
  },
);
