import { methodNotAllowed } from './answer.ts';
import type { EndpointHandler } from './endpoint.ts';

/**
 * The authorization endpoint. No client has a redirection URI registered yet, so every request ends in a page for
 * the user and never in a redirect (RFC 6749 §4.1.2.1).
 */
export const authorization: EndpointHandler = ({ method }) => {
  if (method !== 'GET' && method !== 'POST') return methodNotAllowed('GET, POST');
  const body = Buffer.from('<!doctype html><title>Error</title><p>invalid_request: redirect_uri is not registered');
  return { status: 400, headers: [['content-type', 'text/html; charset=utf-8']], body };
};
