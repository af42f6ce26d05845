import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { answersAsTokens, grantsOrRefuses, grantsRequest, refusesGrant } from './expectations.ts';
import { authorize, clientCredentials, redeem, refresh } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/type';

/** RFC 6749 §2.1: a public client can keep no secret, and so proves nothing. */
export default table(
  {
    family: 'client-type',
    cause,
    remedy:
      'Register for each client whether it is confidential and which grants it may use, and look both up at each token request.',
    needs: ['public-clients'],
  },
  {
    'public-code': {
      summary: 'A public client redeems its code without a secret, as it must be able to.',
      does: [authorize({ client: 'public' }), redeem()],
      expect: grantsRequest(practice.tolerates, ...answersAsTokens),
      needs: ['authorization-code', 'pkce'],
    },
    'public-with-secret': {
      summary: 'A public client sends a secret, though it has none.',
      does: [
        authorize({ client: 'public' }),
        redeem({ authentication: { by: 'post', secret: 'a-secret-that-nobody-gave-it' } }),
      ],
      expect: grantsOrRefuses({ cause, by: rfc6749.invalidClient, error: 'invalid_client' }),
      needs: ['authorization-code', 'pkce'],
    },
    'public-client-credentials': {
      summary: 'A public client asks for a token in its own name.',
      does: clientCredentials({ client: 'public' }),
      expect: refusesGrant({
        cause,
        by: rfc6749.onlyConfidential,
        error: ['unauthorized_client', 'invalid_client', 'invalid_request'],
      }),
      needs: ['client-credentials'],
    },
    'confidential-refresh': {
      summary: 'A confidential client uses its refresh token and proves nothing.',
      does: [authorize(), redeem(), refresh({ authentication: { by: 'none' } })],
      expect: refusesGrant({
        cause: 'client/credentials',
        by: rfc6749.clientsAuthenticate,
        error: ['invalid_client', 'invalid_request'],
      }),
      needs: ['authorization-code', 'client-secret', 'refresh-token', 'openid'],
    },
  },
);
