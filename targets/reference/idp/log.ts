import type { HttpAnswer } from '../../../harness/model/http.ts';
import type { SeenExchange } from '../../../mocks/links/exchange.ts';

const field = ({ headers }: Pick<HttpAnswer, 'headers'>, name: string) =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1];

/** What an operator reads of a request: who asked for what, what came of it, and why not. */
export function accessLine({ request, response, end }: SeenExchange): string {
  if (request === undefined) return `level=info connection=${end}`;
  const why = response === undefined ? undefined : refusalIn(response);
  return [
    `level=${why === undefined ? 'info' : 'warn'}`,
    `request="${request.method} ${request.path.replace(/\?.*/s, '')}"`,
    `agent="${(field(request, 'user-agent') ?? '').replaceAll('"', "'")}"`,
    `status=${response?.status ?? end}`,
    ...(why === undefined ? [] : [`error=${why.error} reason="${why.reason}"`]),
  ].join(' ');
}

/** The error that an answer tells the client, in JSON, in a redirection or on a page. */
function refusalIn(answer: HttpAnswer): { readonly error: string; readonly reason: string } | undefined {
  const location = field(answer, 'location');
  const told = location === undefined ? undefined : parametersOf(location);
  if (told?.has('error')) return { error: told.get('error') ?? '', reason: told.get('error_description') ?? '' };
  const challenge = /error="([^"]+)"(?:, error_description="([^"]*)")?/.exec(field(answer, 'www-authenticate') ?? '');
  if (challenge !== null) return { error: challenge[1] ?? '', reason: challenge[2] ?? '' };
  if (answer.status < 400) return undefined;
  // Told by the fields, for the answer to HEAD has no body.
  if (answer.status === 405)
    return { error: 'invalid_request', reason: `Method not allowed: use ${field(answer, 'allow') ?? 'another'}` };
  // RFC 6750 §3.1: without a token the client is told no error, but the operator is.
  if (/^(?:Bearer|DPoP)\b/.test(field(answer, 'www-authenticate') ?? ''))
    return { error: 'none', reason: 'the request has no access token' };
  const text = Buffer.from(answer.body).toString();
  const alert = /role="alert">(?:(\w+): )?([^<]*)</.exec(text);
  if (alert !== null) return { error: alert[1] ?? 'login_failed', reason: alert[2] ?? '' };
  try {
    const { error, error_description: reason = '' } = JSON.parse(text);
    return { error, reason };
  } catch {
    return { error: String(answer.status), reason: '' };
  }
}

function parametersOf(location: string): URLSearchParams {
  const { search, hash } = new URL(location, 'https://idp.invalid');
  return new URLSearchParams(search === '' ? hash.slice(1) : search);
}
