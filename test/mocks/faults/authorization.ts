import { gone } from './difference.ts';
import { authorize, hybrid } from './journeys.ts';
import { on, type Rows } from './rows.ts';

/** The authorization endpoint. */
export const rows: Rows = {
  ...on(authorize({ state: '0123456789'.repeat(4) }), {
    'authorization/state-cut': { '~authorize?state': '01234567890123456789012345678901' },
  }),
  ...on(authorize({ prompt: 'login' }), {
    'authorization-answer/third-party': { '~authorize(text)': '‹random›' },
  }),
  ...on(authorize({ response_type: 'unknown' }), {
    'authorization-error/server-error-for-any': { '~authorize?error': 'server_error' },
  }),
  ...on(authorize({ redirect_uri: 'https://attacker.example/callback' }), {
    'authorization-answer/status-500-for-400': { '~authorize(status)': 500 },
  }),
  ...on(authorize({ state: 'a+b' }), { 'authorization/state-decoded': { '~authorize?state': 'a b' } }),
  ...on(authorize(), {
    'authorization-answer/challenge-page': {
      '~authorize(status)': 403,
      '-authorize(location)': gone,
      '-authorize?*': gone,
      '-authorize[referrer-policy]': gone,
      '-authorize[cache-control]': gone,
      '-authorize[pragma]': gone,
      '~authorize(text)': '<!doctype html><title>Are you human?</title><h1>Are you human?</h1>',
      '+authorize[content-type]': 'text/html; charset=utf-8',
    },
    'authorization-answer/code-twice-first': { '~authorize?code': ['another-code', '‹authorize?code›'] },
    'authorization-answer/code-twice-last': { '~authorize?code': ['‹authorize?code›', 'another-code'] },
    'authorization-answer/error-page': {
      '~authorize(status)': 500,
      '-authorize(location)': gone,
      '-authorize?*': gone,
      '-authorize[referrer-policy]': gone,
      '-authorize[cache-control]': gone,
      '-authorize[pragma]': gone,
      '~authorize(text)': '<!doctype html><title>Something went wrong</title><h1>Something went wrong</h1>',
      '+authorize[content-type]': 'text/html; charset=utf-8',
    },
    'authorization-answer/redirect-307': { '~authorize(status)': 307 },
    'authorization-answer/referrer-policy-missing': { '-authorize[referrer-policy]': gone },
    'authorization-answer/state-twice-first': { '~authorize?state': ['another-state', 'a state'] },
    'authorization-answer/state-twice-last': { '~authorize?state': ['a state', 'another-state'] },
    'authorization-answer/storable': { '-authorize[cache-control]': gone, '-authorize[pragma]': gone },
    'authorization-error/access-denied': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '+authorize?error': 'access_denied',
      '+authorize?error_description': 'The user or a policy said no',
    },
    'authorization-error/access-denied-stateless': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '-authorize?state': gone,
      '+authorize?error': 'access_denied',
    },
    'authorization-error/account-selection-required': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '+authorize?error': 'account_selection_required',
      '+authorize?error_description': 'The user must choose an account',
    },
    'authorization-error/consent-required': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '+authorize?error': 'consent_required',
      '+authorize?error_description': 'The user must consent',
    },
    'authorization-error/interaction-required': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '+authorize?error': 'interaction_required',
      '+authorize?error_description': 'The user must do something',
    },
    'authorization-error/invalid-request': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '+authorize?error': 'invalid_request',
      '+authorize?error_description': 'A parameter is missing',
    },
    'authorization-error/invalid-scope': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '+authorize?error': 'invalid_scope',
      '+authorize?error_description': 'A scope is not known',
    },
    'authorization-error/login-required': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '+authorize?error': 'login_required',
      '+authorize?error_description': 'Nobody is logged in',
    },
    'authorization-error/server-error': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '+authorize?error': 'server_error',
      '+authorize?error_description': 'Something went wrong',
    },
    'authorization-error/temporarily-unavailable': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '+authorize?error': 'temporarily_unavailable',
      '+authorize?error_description': 'Come back later',
    },
    'authorization-error/unauthorized-client': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '+authorize?error': 'unauthorized_client',
      '+authorize?error_description': 'The client may not use this response type',
    },
    'authorization-error/unmet-authentication-requirements': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '+authorize?error': 'unmet_authentication_requirements',
      '+authorize?error_description': 'The acr asked for was not reached',
    },
    'authorization-error/unsupported-response-type': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '+authorize?error': 'unsupported_response_type',
      '+authorize?error_description': 'This response type is not offered',
    },
    'authorization-error/user-cancelled-login': {
      '-authorize?code': gone,
      '-authorize?session_state': gone,
      '+authorize?error': 'user_cancelled_login',
      '+authorize?error_description': 'The user closed the window',
    },
    'authorization/code-and-error': { '+authorize?error': 'access_denied' },
    'authorization/code-empty': { '~authorize?code': '' },
    'authorization/code-missing': { '-authorize?code': gone },
    'authorization/code-other': { '~authorize?code': 'code-of-another-session' },
    'authorization/iss-case': { '~authorize?iss': 'HTTPS://127.0.0.1:8443/tenant' },
    'authorization/iss-dot-segment': { '~authorize?iss': 'https://127.0.0.1:8443/./tenant' },
    'authorization/iss-empty': { '~authorize?iss': '' },
    'authorization/iss-missing': { '-authorize?iss': gone },
    'authorization/iss-other': { '~authorize?iss': 'https://honest.example' },
    'authorization/iss-percent-encoded': { '~authorize?iss': 'https://127.0.0.1:8443/tenan%74' },
    'authorization/iss-trailing-slash': { '~authorize?iss': 'https://127.0.0.1:8443/tenant/' },
    'authorization/mode-form-post': {
      '~authorize(status)': 200,
      '-authorize(location)': gone,
      '-authorize(text)': gone,
      '+authorize[content-type]': 'text/html; charset=utf-8',
      '+authorize[content-security-policy]': "default-src 'none'; script-src 'sha256-ePniVEkSivX/c7XWBGafq…",
      '+authorize[x-content-type-options]': 'nosniff',
      '+authorize(action)': 'https://app.example/callback',
      '~(order)': 'another',
    },
    'authorization/mode-fragment': {
      '-authorize?*': gone,
      '+authorize#code': '‹authorize?code›',
      '+authorize#session_state': '‹authorize?session_state›',
      '+authorize#state': 'a state',
      '+authorize#iss': 'https://127.0.0.1:8443/tenant',
    },
    'authorization/redirect-uri-other': { '~authorize(location)': 'https://attacker.invalid/callback' },
    'authorization/state-empty': { '~authorize?state': '' },
    'authorization/state-missing': { '-authorize?state': gone },
    'authorization/state-other': { '~authorize?state': 'state-of-another-session' },
    'authorization/state-wrong': { '~authorize?state': '677af973e746a49ee1c6242d56c73423' },
    'authorization/token-in-front': { '+authorize?access_token': 'front', '+authorize?token_type': 'Bearer' },
    'authorization/unknown-parameter': { '+authorize?x-failwell': '1' },
  }),
  ...on(authorize({ response_mode: 'form_post' }), {
    'authorization/mode-query': {
      '~authorize(status)': 303,
      '-authorize[content-type]': gone,
      '-authorize[content-security-policy]': gone,
      '-authorize[x-content-type-options]': gone,
      '-authorize(action)': gone,
      '+authorize(location)': 'https://app.example/callback',
      '+authorize(text)': '',
      '~(order)': 'another',
    },
  }),
  ...on(authorize({ login_hint: '"<b>' }, false), {
    'authorization-answer/unescaped': {
      '~authorize(text)': '‹random›',
    },
  }),
  ...on(authorize({ state: 'x\r\ny: 1' }), {
    'authorization-answer/split': {
      '+authorize[y]': '1',
      '-authorize?iss': gone,
      '~authorize?state': 'x',
    },
  }),
  ...on(authorize({ response_type: 'unknown' }), {
    'authorization-error/quoting': {
      '~authorize?error_description': '„response_type is not offered" is wrong',
    },
  }),
  ...on(authorize({}, false), {
    'authorization-answer/version-shown': {
      '+authorize[server]': 'idp/1.2.3',
    },
    'authorization-answer/cookies-unguarded': { '~authorize[set-cookie]': ['Path=/'] },
    'authorization-answer/frameable': {
      '-authorize[content-security-policy]': gone,
      '-authorize[x-frame-options]': gone,
    },
  }),
  ...on(hybrid, {
    'authorization/access-token-other': {
      '-authorize#access_token': gone,
      '~authorize#id_token.at_hash': '‹hash of another›',
      '+authorize#access_token': 'token-of-another-client',
    },
    'authorization/id-token-missing': { '-authorize#id_token': gone },
  }),
};
