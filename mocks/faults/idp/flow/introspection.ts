import type { CauseId } from '../../../../harness/model/cause.ts';
import type { Json, JsonObject } from '../../../../harness/model/json.ts';
import { json, unstored } from '../../../idp/http/answer.ts';
import { editing, withBody, without } from '../answer-body.ts';
import { family } from '../family.ts';

const introspectionFault = family('introspection', {
  seam: 'introspection-answer',
  layer: 'flow',
  cause: 'gateway/introspection',
});

const edited = (variant: string, summary: string, change: (answer: JsonObject) => Json, cause?: CauseId) =>
  introspectionFault(variant, summary, editing(change), cause);

// Only what is said of an active token can be twisted; that another is not active stays true.
const active = (variant: string, summary: string, change: (answer: JsonObject) => JsonObject, cause?: CauseId) =>
  edited(variant, summary, (answer) => (answer.active === true ? change(answer) : answer), cause);

export const introspectionInactive = () =>
  edited('inactive', 'active is false and nothing else is said', () => ({ active: false }));

/** `active` is a boolean (RFC 7662 §2.2), and to many languages the string "false" is true. */
export const introspectionActiveString = () =>
  active('active-string', 'active is the string "true"', (answer) => ({ ...answer, active: 'true' }));

export const introspectionInactiveString = () =>
  edited('inactive-string', 'active is the string "false"', (answer) => ({ ...answer, active: 'false' }));

export const introspectionActiveNull = () =>
  active('active-null', 'active is null', (answer) => ({ ...answer, active: null }));

export const introspectionActiveMissing = () =>
  active('active-missing', 'active is missing', (answer) => without(answer, 'active'));

/** Inactive, with all the members of an active one. */
export const introspectionInactiveDetailed = () =>
  active('inactive-detailed', 'active is false and all else is as for an active token', (answer) => ({
    ...answer,
    active: false,
  }));

export const introspectionExpired = () =>
  active(
    'expired',
    'active is true and exp ten minutes before iat',
    (answer) => ({ ...answer, exp: Number(answer.iat) - 600 }),
    'token/expired',
  );

export const introspectionAudienceOther = () =>
  active(
    'audience-other',
    'active is true and aud names another API',
    (answer) => ({ ...answer, aud: 'https://other-api.example' }),
    'token/audience',
  );

export const introspectionIssuerOther = () =>
  active(
    'issuer-other',
    'active is true and iss names another issuer',
    (answer) => ({ ...answer, iss: 'https://issuer.attacker.example' }),
    'token/issuer',
  );

export const introspectionClientOther = () =>
  active('client-other', 'active is true and client_id names a stranger', (answer) => ({
    ...answer,
    client_id: 'other-client',
  }));

export const introspectionScopeMissing = () =>
  active('scope-missing', 'scope is missing', (answer) => without(answer, 'scope'), 'client/scope');

export const introspectionScopeOther = () =>
  active('scope-other', 'scope names another permission', (answer) => ({ ...answer, scope: 'other' }), 'client/scope');

/** Must be accepted: only `active` is required (RFC 7662 §2.2). */
export const introspectionTokenTypeMissing = () =>
  active('token-type-missing', 'token_type is missing', (answer) => without(answer, 'token_type'));

export const introspectionHtml = () =>
  introspectionFault('html', 'the answer is an HTML page', (answer) =>
    withBody(answer, '<!doctype html><title>Sign in</title>', 'text/html; charset=utf-8'),
  );

export const introspectionArray = () => edited('array', 'the answer is a JSON array', (answer) => [answer]);

export const introspectionEmptyBody = () =>
  introspectionFault('empty-body', 'the body is empty', (answer) => withBody(answer, ''));

/** The gateway's own credentials are refused. */
export const introspectionInvalidClient = () =>
  introspectionFault('invalid-client', "the gateway's own credentials are refused with 401 invalid_client", () =>
    json(401, { error: 'invalid_client', error_description: 'Client authentication failed' }, [
      ...unstored,
      ['www-authenticate', 'Basic realm="idp"'],
    ]),
  );

export const introspectionForbidden = () =>
  introspectionFault('forbidden', 'the gateway may not introspect: 403', () =>
    json(403, { error: 'access_denied' }, unstored),
  );

export const introspectionServerError = () =>
  introspectionFault('server-error', 'the answer is 500', () => json(500, {}));

/** RFC 7662 §4: an answer that is kept says less than the truth once the token is revoked. */
export const introspectionStorable = () =>
  introspectionFault(
    'storable',
    'the answer may be kept for a day',
    (answer) => ({
      ...answer,
      headers: answer.headers.flatMap(([name, value]) => {
        if (name === 'pragma') return [];
        return [[name, name === 'cache-control' ? 'max-age=86400' : value] as const];
      }),
    }),
    'gateway/status-caching',
  );
