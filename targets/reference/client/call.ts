import { shown } from '../gateway/text.ts';
import { inWords } from '../gateway/wire.ts';
import { failure } from './failure.ts';
import type { Client } from './parts.ts';

/** What the API answered. */
export interface Called {
  readonly status: number;
  /** `error` of its challenge (RFC 6750 §3). */
  readonly error?: string;
}

/** Calls the API with a token (RFC 6750 §2.1). Throws when no answer comes. */
export async function callApi(url: string, token: string, client: Client): Promise<Called> {
  const { origin, pathname, search } = new URL(url);
  try {
    const { statusCode, headers, body } = await client.agent.request({
      origin,
      path: pathname + search,
      method: 'GET',
      headers: { accept: 'application/json', authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(client.limits.apiDeadline),
    });
    await body.dump({ limit: client.limits.document });
    const [, error] = /\berror="(\w{1,60})"/.exec(String(headers['www-authenticate'] ?? '')) ?? [];
    return { status: statusCode, ...(error !== undefined && { error }) };
  } catch (error) {
    const deadlines = { connect: client.limits.connectDeadline, answer: client.limits.apiDeadline };
    const { short, long } = inWords(error as Error, new URL(url), deadlines);
    throw failure('api_unavailable', `the API cannot be reached: ${short}`, `API ${origin} not available: ${long}`);
  }
}

/** What the statuses are called that blame somebody behind the API (RFC 9110 §15.6). */
const away: { readonly [status: number]: string } = {
  500: 'internal server error',
  502: 'bad gateway',
  503: 'service unavailable',
  504: 'gateway timeout',
};

/** An answer that says no. */
export function apiRefused(url: string, { status, error }: Called) {
  const { origin } = new URL(url);
  const trouble = away[status];
  if (trouble !== undefined) {
    const long = `API ${origin} answered ${status} (${trouble}): the trouble is at or behind it, not with the token`;
    return failure('api_unavailable', `the API cannot answer for now: ${status} ${trouble}`, long);
  }
  const code = error ?? 'api_refused';
  const meaning =
    error === 'invalid_token' ? 'the access token is expired, revoked or not for it' : 'the call was refused';
  return failure(
    code,
    `the API refused the call: ${status} ${code}`,
    `API ${origin} answered ${status} ${shown(error)}: ${meaning}`,
  );
}
