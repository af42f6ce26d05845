import { rfc7662 } from '../../harness/requirements/rfc7662.ts';
import { grantsRequest, refusesClient, refusesGrant, reportsInactive } from './expectations.ts';
import { authorize, introspect, redeem, waitOut } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'token/caching';

/**
 * RFC 7662 §2.2: "the authorization server MUST return an introspection response with the "active" field set to "false"
 * for a token that is not active or of which the asker may know nothing.
 */
export default table(
  {
    family: 'introspection',
    cause,
    remedy:
      'Authenticate whoever asks, look the token up in its state of now, and say of an inactive one nothing but that.',
    needs: ['authorization-code', 'introspection'],
    before: [authorize(), redeem()],
  },
  {
    right: {
      summary: 'A good access token is introspected.',
      does: introspect(),
      expect: grantsRequest(rfc7662.activeRequired),
    },
    'hint-unknown': {
      summary: 'Nobody knows the token_type_hint.',
      does: introspect({ parameters: { token_type_hint: 'failwell' } }),
      expect: grantsRequest(rfc7662.searchesAllTypes),
    },
    'hint-wrong': {
      summary: 'The hint says that the access token is a refresh token.',
      does: introspect({ parameters: { token_type_hint: 'refresh_token' } }),
      expect: grantsRequest(rfc7662.searchesAllTypes),
    },
    garbage: {
      summary: 'The token is none that anybody issued.',
      does: introspect({ parameters: { token: 'nobody-issued-this-9f2b41' } }),
      expect: reportsInactive(rfc7662.inactive),
      cause: 'token/malformed',
    },
    'cut-short': {
      summary: 'The token lacks its last characters.',
      does: introspect({ parameters: { token: (right) => right.slice(0, -4) } }),
      expect: reportsInactive(rfc7662.inactive),
      cause: 'token/malformed',
    },
    code: {
      summary: 'The token is an authorization code that nobody has redeemed.',
      does: [authorize({ keep: 'fresh' }), introspect({ of: 'fresh', token: 'code' })],
      expect: reportsInactive(rfc7662.inactive),
      cause: 'token/malformed',
    },
    expired: {
      summary: 'The access token is introspected after its declared lifetime.',
      does: [waitOut('accessTokenLifetime'), introspect()],
      expect: reportsInactive(rfc7662.inactive),
      cause: 'token/expired',
      isolation: 'fresh',
      slow: true,
    },
    'without-authentication': {
      summary: 'Somebody who says not who they are asks about a token.',
      does: introspect({ authentication: { by: 'nothing' } }),
      expect: refusesClient(rfc7662.requiresAuthorization, { sent: false }),
      cause: 'client/credentials',
    },
    'without-secret': {
      summary: 'A confidential client asks about a token without proving itself.',
      does: introspect({ authentication: { by: 'none' } }),
      expect: refusesClient(rfc7662.requiresAuthorization, { sent: true }),
      needs: ['client-secret'],
      cause: 'client/credentials',
    },
    'wrong-secret': {
      summary: 'A confidential client asks about a token with a wrong secret.',
      does: introspect({ authentication: { secret: 'not-the-secret' } }),
      expect: refusesClient(rfc7662.requiresAuthorization, { sent: true }),
      needs: ['client-secret'],
      cause: 'client/credentials',
    },
    'token-missing': {
      summary: 'The request names no token.',
      does: introspect({ parameters: { token: null } }),
      expect: refusesGrant({ cause: 'request/encoding', by: rfc7662.tokenRequired, error: 'invalid_request' }),
      cause: 'request/encoding',
    },
  },
);
