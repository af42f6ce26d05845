import type { JsonObject } from '../../../../harness/model/json.ts';
import { editing, formOf, renamed, rewriting, withBody, without } from '../answer-body.ts';
import { family } from '../family.ts';

// What other providers answer instead of a token response of RFC 6749 §5.1.
const fault = family('token-dialect', { seam: 'token-answer', layer: 'policy', cause: 'migration/interpretation' });

const edited = (variant: string, summary: string, change: (answer: JsonObject) => JsonObject) =>
  fault(variant, summary, editing(change));

/** As GitHub answers when nobody asks for JSON. */
export const tokenAnswerForm = () =>
  fault(
    'form',
    'the answer is form-encoded',
    rewriting((members, answer) => withBody(answer, formOf(members), 'application/x-www-form-urlencoded')),
  );
export const tokenAnswerExpires = () =>
  edited('expires', 'expires_in is called expires', (answer) => renamed(answer, 'expires_in', 'expires'));
export const tokenAnswerExpiresAt = ({ at = '2049-12-31T23:59:59Z' }: { readonly at?: string } = {}) =>
  edited('expires-at', 'expires_at with a date stands for expires_in', (answer) => ({
    ...without(answer, 'expires_in'),
    expires_at: at,
  }));
export const tokenAnswerScopeArray = () =>
  edited('scope-array', 'scope is an array', (answer) => ({ ...answer, scope: String(answer.scope).split(' ') }));
export const tokenAnswerScopeCommas = () =>
  edited('scope-commas', 'scope lists its values with commas', (answer) => ({
    ...answer,
    scope: String(answer.scope).replaceAll(' ', ','),
  }));
export const tokenAnswerCamelCase = () =>
  edited('camel-case', 'members are in camel case', (answer) =>
    Object.fromEntries(
      Object.entries(answer).map(([name, value]) => [
        name.replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase()),
        value,
      ]),
    ),
  );
export const tokenAnswerWrapped = () =>
  edited('wrapped', 'the answer stands in a member data', (answer) => ({ data: answer }));
export const tokenAnswerExtended = () =>
  edited('extended', "members of a provider's own are added", (answer) => ({
    ...answer,
    ext_expires_in: answer.expires_in ?? null,
    not_before: 0,
    session_state: 'a-session-state',
  }));
/** For a machine as good as a JWT, if it does not look inside. */
export const tokenAnswerOpaque = ({ token = 'opaque-token' }: { readonly token?: string } = {}) =>
  edited('opaque', 'access_token is an opaque one and no JWT', (answer) => ({ ...answer, access_token: token }));
export const tokenAnswerTypeLowerCase = () =>
  edited('type-lower-case', 'token_type is in lower case', (answer) => ({
    ...answer,
    token_type: String(answer.token_type).toLowerCase(),
  }));
