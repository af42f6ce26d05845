import { rfc7009 } from '../../harness/requirements/rfc7009.ts';
import { grantsRequest, refusesClient, refusesGrant, refusesRevocation, reportsInactive } from './expectations.ts';
import { authorize, introspect, redeem, refresh, revoke } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'token/caching';

/** RFC 7009 §2.1 and §2.2: what comes of a revocation, besides that the token is worth nothing any more. */
export default table(
  {
    family: 'revocation',
    cause,
    remedy:
      "Authenticate the client, look the token up whatever the hint says, refuse another client's, and answer 200 for all else.",
    needs: ['authorization-code', 'revocation'],
    before: [authorize(), redeem()],
  },
  {
    right: {
      summary: 'A client gives its access token back.',
      does: revoke(),
      expect: grantsRequest(rfc7009.unknownIsRevoked),
    },
    twice: {
      summary: 'A client gives the same token back twice.',
      does: [revoke(), revoke()],
      expect: grantsRequest(rfc7009.unknownIsRevoked),
    },
    'token-unknown': {
      summary: 'The token is none that anybody issued.',
      does: revoke({ parameters: { token: 'nobody-issued-this-9f2b41' } }),
      expect: grantsRequest(rfc7009.unknownIsRevoked),
    },
    'hint-unknown': {
      summary: 'Nobody knows the token_type_hint.',
      does: [revoke({ parameters: { token_type_hint: 'failwell' } }), introspect()],
      expect: reportsInactive(rfc7009.hintIgnored),
      needs: ['introspection'],
    },
    'hint-wrong': {
      summary: 'The hint says that the access token is a refresh token.',
      does: [revoke({ parameters: { token_type_hint: 'refresh_token' } }), introspect()],
      expect: reportsInactive(rfc7009.searchesAllTypes),
      needs: ['introspection'],
    },
    cascades: {
      summary: 'The refresh token is revoked, and then the access token of the same grant is introspected.',
      does: [revoke({ token: 'refresh_token' }), introspect()],
      expect: reportsInactive(rfc7009.cascades),
      needs: ['introspection', 'refresh-token'],
    },
    'of-another-client': {
      summary: "A client revokes another client's token.",
      does: revoke({ client: 'other' }),
      expect: refusesRevocation(rfc7009.othersRefused),
    },
    'survives-another-client': {
      summary: 'Another client tries to revoke the token, which its own client then introspects.',
      does: [revoke({ client: 'other', comesTo: 'either' }), introspect()],
      expect: grantsRequest(rfc7009.validatesClient),
      needs: ['introspection'],
    },
    'refresh-survives-another-client': {
      summary: 'Another client tries to revoke the refresh token, which its own client then uses.',
      does: [revoke({ client: 'other', token: 'refresh_token', comesTo: 'either' }), refresh()],
      expect: grantsRequest(rfc7009.validatesClient),
      needs: ['refresh-token'],
    },
    'without-authentication': {
      summary: 'A confidential client revokes its token without proving itself.',
      does: revoke({ authentication: { by: 'none' } }),
      expect: refusesClient(rfc7009.validatesClient, { sent: true }),
      needs: ['client-secret'],
      cause: 'client/credentials',
    },
    'wrong-secret': {
      summary: 'A confidential client revokes its token with a wrong secret.',
      does: revoke({ authentication: { secret: 'not-the-secret' } }),
      expect: refusesClient(rfc7009.validatesClient, { sent: true }),
      needs: ['client-secret'],
      cause: 'client/credentials',
    },
    'token-missing': {
      summary: 'The request names no token.',
      does: revoke({ parameters: { token: null } }),
      expect: refusesGrant({ cause: 'request/encoding', by: rfc7009.tokenRequired, error: 'invalid_request' }),
      cause: 'request/encoding',
    },
  },
);
