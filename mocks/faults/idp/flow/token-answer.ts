import type { CauseId } from '../../../../harness/model/cause.ts';
import type { Json, JsonObject } from '../../../../harness/model/json.ts';
import { json, unstored } from '../../../idp/http/answer.ts';
import { editing, withBody, without, withoutFields } from '../answer-body.ts';
import { family } from '../family.ts';

const tokenAnswerFault = family('token-answer', {
  seam: 'token-answer',
  layer: 'flow',
  cause: 'idp/token-issuance',
});

const edited = (variant: string, summary: string, change: (answer: JsonObject) => Json, cause?: CauseId) =>
  tokenAnswerFault(variant, summary, editing(change), cause);

/** Only where the answer has this member. */
const having = (
  variant: string,
  summary: string,
  name: string,
  change: (answer: JsonObject) => Json,
  cause?: CauseId,
) => edited(variant, summary, (answer) => (name in answer ? change(answer) : answer), cause);

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

export const tokenExpiresInNegative = () =>
  edited('expires-in-negative', 'expires_in is negative', (answer) => ({ ...answer, expires_in: -1 }));

export const tokenExpiresInMilliseconds = () =>
  edited('expires-in-milliseconds', 'expires_in is in milliseconds', (answer) => ({
    ...answer,
    expires_in: Number(answer.expires_in) * 1000,
  }));

/** The client must tell the user, or ask again: `scope` stands there because it is not what was asked for. */
export const tokenScopeNarrowed = () =>
  edited(
    'scope-narrowed',
    'scope is only the first value of those asked for',
    (answer) => ({ ...answer, scope: String(answer.scope).split(' ')[0] ?? '' }),
    'client/scope',
  );

export const tokenScopeOther = () =>
  edited('scope-other', 'scope names another permission', (answer) => ({ ...answer, scope: 'other' }), 'client/scope');

export const tokenScopeWidened = () =>
  edited(
    'scope-widened',
    'scope holds a value more than was asked for',
    (answer) => ({ ...answer, scope: `${answer.scope} admin` }),
    'client/scope',
  );

/** Another client's token in place of the right one: only `at_hash` tells. */
export const tokenAccessTokenOther = ({
  accessToken = 'token-of-another-client',
}: {
  readonly accessToken?: string;
} = {}) =>
  edited(
    'access-token-other',
    'access_token is one that was issued to another client',
    (answer) => ({ ...answer, access_token: accessToken }),
    'attack/code',
  );

export const tokenIdTokenMissing = () =>
  edited('id-token-missing', 'id_token is missing', (answer) => without(answer, 'id_token'));

export const tokenIdTokenNull = () =>
  having('id-token-null', 'id_token is null', 'id_token', (answer) => ({ ...answer, id_token: null }));

export const tokenRefreshTokenMissing = () =>
  edited('refresh-token-missing', 'refresh_token is missing', (answer) => without(answer, 'refresh_token'));

/** The member is there, but it is no token: the next refresh fails. */
export const tokenRefreshTokenUnknown = () =>
  having(
    'refresh-token-unknown',
    'refresh_token is one that nobody issued',
    'refresh_token',
    (answer) => ({ ...answer, refresh_token: 'unknown-refresh-token' }),
    'refresh/revoked',
  );

/** RFC 9449 §5: a client that asked for a bound token must not take an unbound one. */
export const tokenTypeBearerForDpop = () =>
  edited(
    'token-type-bearer-for-dpop',
    'token_type is Bearer where DPoP was asked for',
    (answer) => (answer.token_type === 'DPoP' ? { ...answer, token_type: 'Bearer' } : answer),
    'attack/sender-constraint',
  );

/** RFC 6749 §5.1: the answer must not be stored. */
export const tokenAnswerStorable = () =>
  tokenAnswerFault(
    'storable',
    'Cache-Control and Pragma are missing',
    withoutFields('cache-control', 'pragma'),
    'attack/secrets',
  );

/** Must be tolerated: members that are not understood must be ignored (RFC 6749 §5.1). */
export const tokenUnknownMembers = () =>
  edited(
    'unknown-members',
    'a member that nobody knows is added',
    (answer) => ({ ...answer, 'x-failwell': { nested: [1] } }),
    'migration/interpretation',
  );

export const tokenContentTypeOther = () =>
  tokenAnswerFault('text-plain', 'the answer is JSON as text/plain', (answer) =>
    withBody(answer, Buffer.from(answer.body).toString(), 'text/plain'),
  );
