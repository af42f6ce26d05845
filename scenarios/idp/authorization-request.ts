import { openidCore } from '../../harness/requirements/openid-core.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { refusesByRedirect, refusesOnPage } from './expectations.ts';
import { authorize } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'policy/conditional-access';

/**
 * RFC 6749 §4.1.2.1: when the redirect URI is in order, "the authorization server informs the client" of whatever else is
 * wrong.
 */
export default table(
  {
    family: 'authorization-request',
    cause,
    remedy:
      'Send the browser back to the registered redirect URI with error and state; to no other place, and never with a code.',
    needs: ['authorization-code'],
  },
  {
    denied: {
      summary: 'The user says no.',
      does: authorize({ user: 'denies' }),
      expect: refusesByRedirect({ cause, by: rfc6749.informsClient, error: ['access_denied'] }),
      needs: ['consent'],
    },
    'nobody-logged-in': {
      summary: 'prompt is none, and nobody is logged in.',
      does: authorize({ parameters: { prompt: 'none' } }),
      expect: refusesByRedirect({
        cause,
        by: openidCore.promptNoneError,
        error: ['login_required', 'interaction_required', 'consent_required'],
      }),
      needs: ['openid'],
    },
    'response-type-unknown': {
      summary: 'Nobody knows the response type.',
      does: authorize({ parameters: { response_type: 'failwell' } }),
      expect: refusesByRedirect({
        cause: 'client/type',
        by: rfc6749.informsClient,
        error: ['unsupported_response_type', 'invalid_request'],
      }),
      cause: 'client/type',
    },
    'unknown-client': {
      summary: 'There is no such client.',
      does: authorize({ parameters: { client_id: 'nobody-here' } }),
      expect: refusesOnPage({ cause: 'client/credentials', by: rfc6749.noRedirectForUnknownClient }),
      cause: 'client/credentials',
    },
  },
);
