import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { HttpAnswer } from '../../../harness/model/http.ts';
import type { Json, JsonObject } from '../../../harness/model/json.ts';
import { json, unstored } from '../../idp/answer.ts';
import { editing, withBody, without } from './answer-body.ts';

const tokenAnswerFault = (
  variant: string,
  summary: string,
  apply: (answer: HttpAnswer) => HttpAnswer,
  cause: CauseId = 'idp/token-issuance',
): Fault<'token-answer'> => ({
  id: `token-answer/${variant}`,
  layer: 'flow',
  seam: 'token-answer',
  cause,
  summary,
  apply,
});

const edited = (variant: string, summary: string, change: (answer: JsonObject) => Json) =>
  tokenAnswerFault(variant, summary, editing(change));

const refusal = { error: 'invalid_client', error_description: 'Client authentication failed' };

export const tokenInvalidClient = () =>
  tokenAnswerFault(
    'invalid-client',
    'the client is refused with 401 invalid_client',
    () => json(401, refusal, [...unstored, ['www-authenticate', 'Basic realm="idp"']]),
    'client/credentials',
  );

/** RFC 6749 §5.2 wants a 400 or 401; some providers answer so all the same. */
export const tokenErrorWith200 = () =>
  tokenAnswerFault('error-with-200', 'an error is answered with status 200', () => json(200, refusal, unstored));

export const tokenServerError = () =>
  tokenAnswerFault('server-error', 'the answer is 500 without an error code', () => json(500, {}));

export const tokenUnavailable = ({ seconds = 1 }: { readonly seconds?: number } = {}) =>
  tokenAnswerFault('unavailable', `the answer is 503 with Retry-After: ${seconds}`, () =>
    json(503, { error: 'temporarily_unavailable' }, [['retry-after', String(seconds)]]),
  );

export const tokenHtml = () =>
  tokenAnswerFault('html', 'the answer is an HTML page', (answer) =>
    withBody(answer, '<!doctype html><title>Sign in</title>', 'text/html; charset=utf-8'),
  );

export const tokenEmptyBody = () =>
  tokenAnswerFault('empty-body', 'the body is empty', (answer) => withBody(answer, ''));

export const tokenArray = () => edited('array', 'the answer is a JSON array', (answer) => [answer]);

export const tokenAccessTokenMissing = () =>
  edited('access-token-missing', 'access_token is missing', (answer) => without(answer, 'access_token'));

export const tokenAccessTokenNull = () =>
  edited('access-token-null', 'access_token is null', (answer) => ({ ...answer, access_token: null }));

export const tokenTypeMissing = () =>
  edited('token-type-missing', 'token_type is missing', (answer) => without(answer, 'token_type'));

export const tokenTypeUnknown = () =>
  edited('token-type-unknown', 'token_type is mac', (answer) => ({ ...answer, token_type: 'mac' }));

/** Must be accepted: the value has no case (RFC 6749 §5.1). */
export const tokenTypeCase = () =>
  edited('token-type-case', 'token_type is bEARER', (answer) => ({ ...answer, token_type: 'bEARER' }));

/** Must be accepted: `expires_in` is recommended only (RFC 6749 §5.1). */
export const tokenExpiresInMissing = () =>
  edited('expires-in-missing', 'expires_in is missing', (answer) => without(answer, 'expires_in'));

export const tokenExpiresInString = () =>
  edited('expires-in-string', 'expires_in is a string', (answer) => ({
    ...answer,
    expires_in: String(answer.expires_in),
  }));

/** Must be accepted: `scope` may be left out when it is what was asked for (RFC 6749 §5.1). */
export const tokenScopeMissing = () =>
  edited('scope-missing', 'scope is missing', (answer) => without(answer, 'scope'));
