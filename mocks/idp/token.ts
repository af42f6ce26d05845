import { json, methodNotAllowed, Refusal, unstored } from './answer.ts';
import { authenticate } from './client-authentication.ts';
import type { EndpointHandler } from './endpoint.ts';
import { form } from './form.ts';

/** The token endpoint (RFC 6749 §3.2) with the client credentials grant (§4.4). */
export const token: EndpointHandler = async (request, visit) => {
  if (request.method !== 'POST') return methodNotAllowed('POST');
  const parameters = form(request);
  const grant = parameters.get('grant_type');
  if (!grant) throw new Refusal('invalid_request', 'grant_type is missing');
  const client = authenticate(request, parameters, visit.clients);
  if (grant !== 'client_credentials')
    throw new Refusal('unsupported_grant_type', `Grant type ${quoted(grant)} is not offered`);
  const scope = granted(parameters.get('scope'), visit.scopes);
  const answer = {
    access_token: await visit.issue(scope, client.id),
    token_type: 'Bearer',
    expires_in: visit.lifetime,
    scope,
  };
  return json(200, answer, unstored);
};

/** All that the IdP knows when none is asked for (RFC 6749 §3.3). */
function granted(asked: string | undefined, known: readonly string[]): string {
  if (asked === undefined) return known.join(' ');
  const values = asked.split(' ');
  const unknown = values.find((value) => !known.includes(value));
  if (unknown !== undefined) throw new Refusal('invalid_scope', `Scope ${quoted(unknown)} is not known`);
  return [...new Set(values)].join(' ');
}

/** Only characters that RFC 6749 §5.2 allows in `error_description`. */
const quoted = (text: string) => `'${text.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?').slice(0, 80)}'`;
