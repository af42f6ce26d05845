import { openidCore } from '../../harness/requirements/openid-core.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc6750 } from '../../harness/requirements/rfc6750.ts';
import { grantsRequest, refusesToken } from './expectations.ts';
import { authorize, clientCredentials, redeem, userinfo, waitOut } from './stimuli.ts';
import { table } from './table.ts';

const malformed = 'token/malformed';

/** OpenID Connect Core §5.3: UserInfo is a protected resource, and says whom the token is about. */
export default table(
  {
    family: 'userinfo',
    cause: malformed,
    remedy: 'Check the token as an API would, and say in WWW-Authenticate why it is refused.',
    needs: ['authorization-code', 'openid', 'userinfo'],
    before: [authorize(), redeem()],
  },
  {
    right: {
      summary: 'UserInfo is asked with a good access token.',
      does: userinfo(),
      expect: grantsRequest(openidCore.userinfoMethods),
    },
    'by-post': {
      summary: 'UserInfo is asked by POST, with the token in the header.',
      does: userinfo({ method: 'POST', encoding: 'none' }),
      expect: grantsRequest(openidCore.userinfoMethods),
    },
    'no-token': {
      summary: 'UserInfo is asked without a token.',
      does: userinfo({ headers: { authorization: null } }),
      expect: refusesToken('gateway/plugin', rfc6750.mustChallenge),
      cause: 'gateway/plugin',
    },
    garbage: {
      summary: 'The token is none that anybody issued.',
      does: userinfo({ headers: { authorization: 'Bearer nobody-issued-this-9f2b41' } }),
      expect: refusesToken(malformed, rfc6749.mustReject),
    },
    'cut-short': {
      summary: 'The token lacks its last characters.',
      does: userinfo({ headers: { authorization: (right) => right.slice(0, -4) } }),
      expect: refusesToken(malformed, rfc6749.mustReject),
    },
    'id-token': {
      summary: 'The ID token is used as an access token.',
      does: userinfo({ token: 'id_token' }),
      expect: refusesToken(malformed, rfc6749.mustReject),
    },
    'refresh-token': {
      summary: 'The refresh token is used as an access token.',
      does: userinfo({ token: 'refresh_token' }),
      expect: refusesToken(malformed, rfc6749.mustReject),
      needs: ['refresh-token'],
    },
    'without-openid': {
      summary: "The token is a client's own, about no user.",
      does: [clientCredentials({ keep: 'own' }), userinfo({ of: 'own' })],
      expect: refusesToken('client/scope', openidCore.userinfoError, { status: [401, 403] }),
      needs: ['client-credentials'],
      cause: 'client/scope',
    },
    expired: {
      summary: 'UserInfo is asked after the declared lifetime of the token.',
      does: [waitOut('accessTokenLifetime'), userinfo()],
      expect: refusesToken('token/expired', rfc6749.mustReject),
      cause: 'token/expired',
      isolation: 'fresh',
      slow: true,
    },
  },
);
