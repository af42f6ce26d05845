import type { HttpRequest } from '../../model/http.ts';
import type { CallApi } from '../../model/step.ts';

const none = new Uint8Array();

/**
 * The request of a `call-api` step (RFC 6750 §2 for where a token may stand).
 * @param correlation goes into the path and the `traceparent` (W3C Trace Context §3.2)
 */
export function apiRequest(step: CallApi, correlation: string, trace: string, token: string | undefined): HttpRequest {
  const places = [step.placement ?? 'header'].flat();
  const headers: [string, string][] = [
    ['Accept', 'application/json'],
    ['traceparent', `00-${trace}-${trace.slice(0, 16)}-01`],
  ];
  const query = step.query === undefined ? [] : [step.query];
  let body = none;
  if (step.authorization !== undefined) {
    for (const value of step.authorization) headers.push(['Authorization', value.replaceAll('{token}', token ?? '')]);
  } else if (token !== undefined && places.includes('header')) {
    headers.push(['Authorization', `${step.scheme ?? (step.proof === undefined ? 'Bearer' : 'DPoP')} ${token}`]);
  }
  if (token !== undefined && places.includes('query')) query.push(`access_token=${encodeURIComponent(token)}`);
  if (token !== undefined && places.includes('cookie')) headers.push(['Cookie', `access_token=${token}`]);
  if (token !== undefined && places.includes('form')) {
    headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
    body = new TextEncoder().encode(`access_token=${encodeURIComponent(token)}`);
  }
  for (const [name, value] of step.headers ?? []) headers.push([name, value]);
  const path = `/items/${correlation}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  return { method: step.method ?? (places.includes('form') ? 'POST' : 'GET'), path, headers, body };
}
