import type { HttpRequest } from '../../model/http.ts';
import type { ByHand } from '../../model/stage.ts';
import { curlLine } from '../by-hand.ts';

/** Parameters that nobody but the client and the IdP may know (RFC 6749 §10, RFC 7521 §4.2, RFC 7636 §7.1). */
const sensitive = new Set([
  'access_token',
  'assertion',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'id_token_hint',
  'password',
  'refresh_token',
  'token',
]);

/** Fields that the harness puts there to know its requests again: by hand they are in the way. */
const marks = new Set(['host', 'traceparent', 'user-agent', 'content-length']);

/** A request to an IdP as a curl line; its secrets, as they stand in it, by the names of variables. */
export function curlTo(origin: string, request: HttpRequest, ca: boolean): Omit<ByHand, 'caFile'> {
  const secrets: Record<string, string> = {};
  const keep = (name: string, value: string) => {
    const taken = Object.values(secrets).includes(value) || value === '';
    if (taken) return;
    const count = Object.keys(secrets).filter((other) => other.replace(/_\d+$/, '') === name).length;
    secrets[count === 0 ? name : `${name}_${count + 1}`] = value;
  };
  const headers = request.headers.filter(([name]) => !marks.has(name.toLowerCase()));
  for (const [name, value] of headers) {
    const [, scheme = '', credentials = ''] = /^(\S+) +(\S+)$/.exec(value) ?? [];
    if (name.toLowerCase() === 'authorization') keep(scheme.toUpperCase().replaceAll(/\W/g, '_'), credentials);
  }
  const body = new TextDecoder().decode(request.body);
  for (const text of [body, request.path.replace(/^[^?]*\?/, '')])
    for (const [, name = '', value = ''] of text.matchAll(/(?:^|&)([^=&]+)=([^&]*)/g))
      if (sensitive.has(name)) keep(name.toUpperCase(), value);
  // Parameters in JSON or in parts of a form: the whole is kept back.
  if (body !== '' && !/^[^\s{]+=/.test(body)) keep('BODY', body);
  return { how: 'curl', line: curlLine(origin, { ...request, headers }, secrets, ca), secrets };
}
