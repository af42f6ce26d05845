import type { Headers, HttpAnswer } from '../../../harness/model/http.ts';
import type { AuthorizationResponse } from '../../../harness/model/issuing.ts';
import { unstored } from '../http/answer.ts';
import { formPostPage } from './pages.ts';

/** An authorization response, by way of the user's browser (RFC 6749 §4.1.2). */
export function redirection(
  { redirectUri, mode, parameters }: AuthorizationResponse,
  headers: Headers = [],
): HttpAnswer {
  const fields = Object.entries(parameters);
  if (mode === 'form_post') return formPostPage(redirectUri, fields, headers);
  const separator = mode === 'fragment' ? '#' : redirectUri.includes('?') ? '&' : '?';
  const location = `${redirectUri}${separator}${new URLSearchParams(fields)}`;
  // 303, so that no browser posts a password on to the client (RFC 9700 §4.12).
  return {
    status: 303,
    headers: [['location', location], ['referrer-policy', 'no-referrer'], ...unstored, ...headers],
    body: new Uint8Array(),
  };
}
