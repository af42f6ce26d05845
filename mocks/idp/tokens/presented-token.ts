import type { Headers, HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import type { Visit } from '../endpoint.ts';
import { json, Refusal, unstored } from '../http/answer.ts';
import { field, form } from '../http/form.ts';
import { thumbprint } from '../sender-constraint/certificate.ts';
import { nonceFor, ProofProblem, proofAlgorithms, provenKey } from '../sender-constraint/dpop.ts';

type Scheme = 'Bearer' | 'DPoP';

/**
 * The claims of the access token that a request presents: in `Authorization` (RFC 6750 §2.1, RFC 9449 §7.1) or in a
 * form (RFC 6750 §2.2), active, and with the proof that it demands. Throws a `Refusal` with a challenge.
 */
export async function presentedToken(request: HttpRequest, visit: Visit): Promise<JsonObject> {
  const { scheme, token } = presented(request);
  visit.about.token = token;
  const claims = await visit.tokens.active(token, visit.now());
  if (!claims) {
    const why = await visit.tokens.inactiveBecause(token, visit.now());
    throw challenge(401, scheme, { error: 'invalid_token', error_description: `The access token ${why}` });
  }
  visit.about.client = String(claims.client_id);
  await checkProof(claims, scheme, token, request, visit);
  return claims;
}

function presented(request: HttpRequest): { readonly scheme: Scheme; readonly token: string } {
  const fields = request.headers.filter(([name]) => name.toLowerCase() === 'authorization');
  const inForm = isForm(request) ? tokenInForm(request) : undefined;
  if (fields.length === 0 && inForm === undefined) throw challenge(401, undefined, {});
  if (fields.length === 0 && inForm !== undefined) return { scheme: 'Bearer', token: inForm };
  // RFC 6750 §3.1: another scheme is no authentication here, and no error either.
  if (!inForm && fields.every(([, value]) => !/^(bearer|dpop)( |$)/i.test(value))) throw challenge(401, undefined, {});
  const [, name, token] = /^(bearer|dpop) +([A-Za-z0-9._~+/-]+=*) *$/i.exec(fields[0]?.[1] ?? '') ?? [];
  const scheme = name?.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer';
  if (fields.length > 1 || inForm !== undefined || !token)
    throw challenge(400, scheme, {
      error: 'invalid_request',
      error_description: 'Send one access token as Bearer or DPoP',
    });
  return { scheme, token };
}

function tokenInForm(request: HttpRequest): string | undefined {
  try {
    return form(request).get('access_token');
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    throw challenge(400, 'Bearer', { error: 'invalid_request', error_description: problem.message });
  }
}

const isForm = (request: HttpRequest) =>
  request.method === 'POST' &&
  /^application\/x-www-form-urlencoded *(;|$)/i.test(field(request, 'content-type') ?? '') &&
  request.body.byteLength > 0;

/** RFC 9449 §7, RFC 8705 §3. */
async function checkProof(
  { cnf }: JsonObject,
  scheme: Scheme,
  token: string,
  request: HttpRequest,
  visit: Visit,
): Promise<void> {
  const { jkt, 'x5t#S256': x5t } = (cnf ?? {}) as { readonly [member: string]: unknown };
  const refuse = (error: string, why: string, wanted: Scheme = scheme, more: Headers = []) => {
    throw challenge(401, wanted, { error, error_description: why }, more);
  };
  if (x5t !== undefined && (!request.clientCertificate || x5t !== thumbprint(request.clientCertificate)))
    refuse('invalid_token', 'The access token is bound to another client certificate');
  if (jkt === undefined && scheme === 'DPoP') refuse('invalid_token', 'The access token is bound to no DPoP key');
  if (jkt === undefined) return;
  if (scheme === 'Bearer') refuse('invalid_token', 'The access token is bound to a DPoP key', 'DPoP');
  const proven = await provenKey(request, visit, token).catch((problem: unknown) => {
    if (!(problem instanceof ProofProblem)) throw problem;
    return refuse(problem.error, problem.message, scheme, nonceFor(request, visit));
  });
  if (proven === undefined) refuse('invalid_dpop_proof', 'DPoP is missing');
  if (proven !== jkt) refuse('invalid_token', 'The access token is bound to another DPoP key');
}

/** What a challenge says besides the realm (RFC 6750 §3). */
interface Complaint {
  readonly [parameter: string]: string;
}

/**
 * RFC 6750 §3 and RFC 9449 §7.1. Without a scheme, for a request that carries no authentication at all, there is a
 * challenge for each and no error.
 */
export function challenge(
  status: number,
  scheme: Scheme | undefined,
  complaint: Complaint,
  more: Headers = [],
): Refusal {
  const one = (name: Scheme) => {
    const parameters = { realm: 'idp', ...complaint, ...(name === 'DPoP' && { algs: proofAlgorithms.join(' ') }) };
    const said = Object.entries(parameters).map(([parameter, value]) => `${parameter}="${value}"`);
    return ['www-authenticate', `${name} ${said.join(', ')}`] as const;
  };
  const headers: Headers = [...unstored, ...more, ...(scheme ? [scheme] : (['Bearer', 'DPoP'] as const)).map(one)];
  const { scope: _, ...body } = complaint;
  const answer: HttpAnswer = scheme ? json(status, body, headers) : { status, headers, body: new Uint8Array() };
  return Refusal.with(answer);
}
