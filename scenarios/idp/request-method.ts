import { openidCore } from '../../harness/requirements/openid-core.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc7009 } from '../../harness/requirements/rfc7009.ts';
import { rfc7662 } from '../../harness/requirements/rfc7662.ts';
import { grantsCode, refusesMethod } from './expectations.ts';
import { authorize, clientCredentials, introspect, revoke } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'request/method';
const token = { expect: refusesMethod(rfc6749.tokenByPost), needs: ['client-credentials'] };

/** RFC 6749 §3.2: "The client MUST use the HTTP "POST" method when making access token requests." */
export default table(
  {
    family: 'request-method',
    cause,
    remedy:
      'Answer every method but POST at the token, introspection and revocation endpoints with 405 and Allow: POST.',
  },
  {
    'token-get': {
      summary: 'A token is asked for by GET, with its parameters in the URL.',
      does: clientCredentials({ method: 'GET', authentication: { by: 'basic' } }),
      ...token,
    },
    'token-put': { summary: 'A token is asked for by PUT.', does: clientCredentials({ method: 'PUT' }), ...token },
    'token-patch': {
      summary: 'A token is asked for by PATCH.',
      does: clientCredentials({ method: 'PATCH' }),
      ...token,
    },
    'token-delete': {
      summary: 'A token is asked for by DELETE.',
      does: clientCredentials({ method: 'DELETE' }),
      ...token,
    },
    'token-head': {
      summary: 'A token is asked for by HEAD, with its parameters in the URL.',
      does: clientCredentials({ method: 'HEAD', authentication: { by: 'basic' } }),
      ...token,
    },
    'revocation-get': {
      summary: 'A token is revoked by GET.',
      does: [clientCredentials(), revoke({ method: 'GET', authentication: { by: 'basic' } })],
      expect: refusesMethod(rfc7009.byPost),
      needs: ['client-credentials', 'revocation'],
    },
    'revocation-put': {
      summary: 'A token is revoked by PUT.',
      does: [clientCredentials(), revoke({ method: 'PUT' })],
      expect: refusesMethod(rfc7009.byPost),
      needs: ['client-credentials', 'revocation'],
    },
    'introspection-put': {
      summary: 'A token is introspected by PUT.',
      does: [clientCredentials(), introspect({ method: 'PUT' })],
      expect: refusesMethod(rfc7662.byPost),
      needs: ['client-credentials', 'introspection'],
    },
    'authorization-post': {
      summary: 'An authorization request comes by POST, as OpenID Connect lets it.',
      does: authorize({ method: 'POST' }),
      expect: grantsCode(openidCore.getAndPost),
      needs: ['authorization-code', 'openid'],
    },
    'authorization-put': {
      summary: 'An authorization request comes by PUT.',
      does: authorize({ method: 'PUT' }),
      expect: refusesMethod(openidCore.getAndPost),
      needs: ['authorization-code', 'openid'],
    },
  },
);
