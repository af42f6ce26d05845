import type { Sent } from '../../../mocks/links/link.ts';
import type { HttpAnswer } from '../../model/http.ts';
import type { JsonObject } from '../../model/json.ts';
import type { AskIdp, StepOutcome } from '../../model/step.ts';
import type { Kept } from './kept.ts';
import { object } from './metadata.ts';

/** What a step came to, and what is kept of it. */
export interface Came {
  readonly outcome: StepOutcome;
  readonly detail: string;
  readonly kept?: Partial<Kept>;
}

/** What the answer to a request comes to: the work was done, or an explicit no, or neither. */
export function cameOf(what: AskIdp['what'], sent: Pick<Sent, 'answer' | 'end' | 'error'>, ranOut: boolean): Came {
  const { answer } = sent;
  if (answer === undefined || sent.end !== 'complete') {
    return { outcome: 'indeterminate', detail: ranOut ? 'no answer in time' : (sent.error?.code ?? sent.end) };
  }
  const { status } = answer;
  const body = object(answer.body);
  const error = typeof body?.error === 'string' ? body.error : undefined;
  const detail = [status, error].filter((part) => part !== undefined).join(' ');
  // An error under 200 is a no in words that no client looks for: the oracles say what that is worth.
  if (status >= 400 || error !== undefined) return { outcome: 'refused', detail };
  if (status < 200 || status > 299) return { outcome: 'indeterminate', detail };
  return { detail, ...done(what, body, answer, detail) };
}

function done(
  what: AskIdp['what'],
  body: JsonObject | undefined,
  { body: bytes }: HttpAnswer,
  detail: string,
): { readonly outcome: StepOutcome; readonly detail?: string; readonly kept?: Partial<Kept> } {
  switch (what) {
    case 'introspect':
      if (body?.active === true) return { outcome: 'accepted' };
      if (body?.active === false) return { outcome: 'refused', detail: `${detail} active=false` };
      return { outcome: 'indeterminate', detail: `${detail} without active` };
    case 'revoke-at-idp':
      return { outcome: 'accepted' };
    case 'userinfo':
      // It may be a JWT (OpenID Connect Core §5.3.2).
      return { outcome: body !== undefined || bytes.byteLength > 0 ? 'accepted' : 'indeterminate' };
    case 'discovery':
    case 'jwks':
      return { outcome: body === undefined ? 'indeterminate' : 'accepted' };
    default:
      if (typeof body?.access_token !== 'string')
        return { outcome: 'indeterminate', detail: `${detail} without access_token` };
      return { outcome: 'accepted', kept: tokensIn(body) };
  }
}

function tokensIn(body: JsonObject): Partial<Kept> {
  const names = ['access_token', 'refresh_token', 'id_token'] as const;
  return Object.fromEntries(
    names.flatMap((name) => (typeof body[name] === 'string' ? [[name, body[name]] as const] : [])),
  );
}
