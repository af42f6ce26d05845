import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc7636 } from '../../harness/requirements/rfc7636.ts';
import { answersAsTokens, grantsRequest, refusesGrant, refusesToken, reportsInactive } from './expectations.ts';
import { authorize, introspect, redeem, refresh, userinfo, waitOut } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'attack/code';
const notTheirs = (by = rfc6749.codeIsValid) => refusesGrant({ cause, by, error: 'invalid_grant' });

/** RFC 6749 §4.1.3: what the authorization server MUST ensure before it takes a code. */
export default table(
  {
    family: 'code',
    cause,
    remedy:
      'Keep with each code its client, its redirect URI, its code_challenge and its expiry, compare them all, and take it once.',
    needs: ['authorization-code'],
    before: [authorize()],
  },
  {
    right: {
      summary: 'A code is redeemed as it should be.',
      does: redeem(),
      expect: grantsRequest(rfc6749.codeIsValid, ...answersAsTokens),
    },
    twice: {
      summary: 'A code is redeemed a second time.',
      does: [redeem(), redeem()],
      expect: notTheirs(rfc6749.codeUsedOnce),
    },
    // What was issued before is revoked, though the code itself was denied with every right.
    'twice-introspected': {
      summary: 'A code is redeemed twice, and then the token of the first time is introspected.',
      does: [redeem(), redeem({ keep: 'again', comesTo: 'refused' }), introspect()],
      expect: reportsInactive(rfc6749.reuseRevokes),
      needs: ['introspection'],
      cause: 'token/caching',
    },
    'twice-at-userinfo': {
      summary: 'A code is redeemed twice, and then the token of the first time is used at UserInfo.',
      does: [redeem(), redeem({ keep: 'again', comesTo: 'refused' }), userinfo()],
      expect: refusesToken('token/caching', rfc6749.reuseRevokes),
      needs: ['userinfo', 'openid'],
      cause: 'token/caching',
    },
    'twice-refreshed': {
      summary: 'A code is redeemed twice, and then the refresh token of the first time is used.',
      does: [redeem(), redeem({ keep: 'again', comesTo: 'refused' }), refresh()],
      expect: refusesGrant({ cause: 'refresh/revoked', by: rfc6749.reuseRevokes, error: 'invalid_grant' }),
      needs: ['refresh-token'],
      cause: 'refresh/revoked',
    },
    'by-a-public-client': {
      summary: "A confidential client's code is redeemed by a public client, which needs no secret.",
      does: redeem({ client: 'public', keep: 'stolen' }),
      expect: notTheirs(rfc6749.codeForItsClient),
      needs: ['public-clients'],
    },
    'by-another-client': {
      summary: 'A code is redeemed by another client, which authenticates as itself.',
      does: redeem({ client: 'other', keep: 'stolen' }),
      expect: notTheirs(rfc6749.codeForItsClient),
    },
    'without-authentication': {
      summary: 'A confidential client redeems its code without proving itself.',
      does: redeem({ authentication: { by: 'none' } }),
      expect: refusesGrant({
        cause: 'client/credentials',
        by: rfc6749.requiresAuthentication,
        error: ['invalid_client', 'invalid_request'],
      }),
      needs: ['client-secret'],
      cause: 'client/credentials',
    },
    'other-redirect-uri': {
      summary: 'The redirect URI is not the one that the code was issued for.',
      does: redeem({ parameters: { redirect_uri: '{right}/other' } }),
      expect: refusesGrant({
        cause: 'client/redirect-uri',
        by: rfc6749.redirectUriIdentical,
        error: ['invalid_grant', 'invalid_request'],
      }),
      cause: 'client/redirect-uri',
    },
    'no-redirect-uri': {
      summary: 'The redirect URI is left out, though the authorization request had one.',
      does: redeem({ parameters: { redirect_uri: null } }),
      expect: refusesGrant({
        cause: 'client/redirect-uri',
        by: rfc6749.redirectUriPresent,
        error: ['invalid_grant', 'invalid_request'],
      }),
      cause: 'client/redirect-uri',
    },
    'cut-short': {
      summary: 'The code lacks its last character.',
      does: redeem({ parameters: { code: (right) => right.slice(0, -1) } }),
      expect: notTheirs(),
    },
    garbage: {
      summary: 'The code is none that anybody issued.',
      does: redeem({ parameters: { code: 'SplxlOBeZQQYbYS6WxSbIA' } }),
      expect: notTheirs(),
    },
    missing: {
      summary: 'The request has no code.',
      does: redeem({ parameters: { code: null } }),
      expect: refusesGrant({ cause: 'request/encoding', by: rfc6749.codeIsValid, error: 'invalid_request' }),
      cause: 'request/encoding',
    },
    'as-a-refresh-token': {
      summary: 'The code is used as a refresh token.',
      does: refresh({ parameters: { refresh_token: '{code}' } }),
      expect: refusesGrant({ cause: 'refresh/revoked', by: rfc6749.refreshTokenValid, error: 'invalid_grant' }),
      needs: ['refresh-token'],
      cause: 'refresh/revoked',
    },
    'verifier-wrong': {
      summary: 'code_verifier is another one.',
      does: redeem({ parameters: { code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' } }),
      expect: notTheirs(rfc7636.verifierMustMatch),
      needs: ['pkce'],
    },
    'verifier-missing': {
      summary: 'code_verifier is left out, though the authorization request had a challenge.',
      does: redeem({ parameters: { code_verifier: null } }),
      expect: refusesGrant({
        cause,
        by: rfc7636.verifierMustMatch,
        error: ['invalid_grant', 'invalid_request'],
      }),
      needs: ['pkce'],
    },
    expired: {
      summary: 'The code is redeemed after its declared lifetime.',
      does: [waitOut('codeLifetime'), redeem()],
      expect: notTheirs(rfc6749.codeExpires),
      isolation: 'fresh',
      slow: true,
    },
  },
);
