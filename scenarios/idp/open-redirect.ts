import type { Changes } from '../../harness/model/step.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { refusesOnPage } from './expectations.ts';
import { authorize } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'attack/open-redirect';
const away = (parameters: Changes) =>
  authorize({ parameters: { redirect_uri: 'https://attacker.example/callback', ...parameters } });
/** What is wrong is the redirect URI; where it would lead is what makes it an attack. */
const expect = refusesOnPage({ cause: 'client/redirect-uri', by: rfc6749.redirectUriMatches });
const nobody = refusesOnPage({ cause: 'client/credentials', by: rfc6749.redirectUriMatches });

/**
 * RFC 6749 §4.1.2.1: "If the request fails due to a missing, invalid, or mismatching redirection URI, […] the authorization
 * server […] MUST NOT automatically redirect the user-agent to the invalid redirection URI", whatever else is wrong.
 */
export default table(
  {
    family: 'open-redirect',
    cause,
    remedy: 'Look at the client and its redirect URI first; only when both are in order, tell errors by redirection.',
    needs: ['authorization-code'],
  },
  {
    'response-type-unknown': {
      summary: 'Nobody knows the response type, and the redirect URI is that of an attacker.',
      does: away({ response_type: 'failwell' }),
      expect,
    },
    'response-type-missing': {
      summary: 'There is no response type, and the redirect URI is that of an attacker.',
      does: away({ response_type: null }),
      expect,
    },
    'scope-unknown': {
      summary: 'Nobody knows the scope, and the redirect URI is that of an attacker.',
      does: away({ scope: 'failwell:unknown' }),
      expect,
    },
    'nobody-logged-in': {
      summary: 'prompt is none, nobody is logged in, and the redirect URI is that of an attacker.',
      does: away({ prompt: 'none' }),
      expect,
      needs: ['openid'],
    },
    'challenge-method-unknown': {
      summary: 'Nobody knows code_challenge_method, and the redirect URI is that of an attacker.',
      does: away({ code_challenge_method: 'S1' }),
      expect,
      needs: ['pkce'],
    },
    'unknown-client': {
      summary: 'There is no such client, and the redirect URI is that of an attacker.',
      does: away({ client_id: 'nobody-here' }),
      expect: nobody,
    },
    'no-client': {
      summary: 'There is no client_id, and the redirect URI is that of an attacker.',
      does: away({ client_id: null }),
      expect: nobody,
    },
    'form-post': {
      summary:
        'The response is asked for as a form, nobody knows the response type, and the redirect URI is that of an attacker.',
      does: away({ response_mode: 'form_post', response_type: 'failwell' }),
      expect,
      needs: ['form-post'],
    },
  },
);
