import type { CauseId } from '../../../../harness/model/cause.ts';
import type { Json, JsonObject } from '../../../../harness/model/json.ts';
import { json, unstored } from '../../../idp/http/answer.ts';
import { editing, rewriting, withBody, without } from '../answer-body.ts';
import { family } from '../family.ts';

const malformed = 'token/malformed';
const fault = family('userinfo', { seam: 'userinfo-answer', layer: 'flow', cause: malformed });

const edited = (variant: string, summary: string, change: (claims: JsonObject) => Json, cause?: CauseId) =>
  fault(variant, summary, editing(change), cause);

const victim = 'another-user';

// `sub` must be that of the ID token, exactly (OIDC Core §5.3.2).
export const userinfoSubjectOther = ({ sub = victim }: { readonly sub?: string } = {}) =>
  edited('sub-other', 'sub is another user', (claims) => ({ ...claims, sub }));
export const userinfoSubjectMissing = () => edited('sub-missing', 'sub is missing', (claims) => without(claims, 'sub'));
export const userinfoSubjectCase = () =>
  edited('sub-case', 'sub is in upper case', (claims) => ({ ...claims, sub: String(claims.sub).toUpperCase() }));
export const userinfoSubjectArrayFirst = () =>
  edited('sub-array-first', 'sub is an array of another user and the right one', (claims) => ({
    ...claims,
    sub: [victim, claims.sub ?? null],
  }));
export const userinfoSubjectArrayLast = () =>
  edited('sub-array-last', 'sub is an array of the right user and another one', (claims) => ({
    ...claims,
    sub: [claims.sub ?? null, victim],
  }));

// JSON parsers take the first, the last, or none (RFC 8259 §4).
const twice = (variant: string, summary: string, first: boolean) =>
  fault(
    variant,
    summary,
    rewriting(({ sub = null, ...claims }, answer) => {
      const [one, other] = first ? [victim, sub] : [sub, victim];
      const [, ...others] = JSON.stringify(claims);
      const comma = Object.keys(claims).length > 0 ? ',' : '';
      return withBody(answer, `{"sub":${JSON.stringify(one)},"sub":${JSON.stringify(other)}${comma}${others.join('')}`);
    }),
  );
export const userinfoSubjectTwiceFirst = () =>
  twice('sub-twice-first', 'sub stands twice, another user before the right one', true);
export const userinfoSubjectTwiceLast = () =>
  twice('sub-twice-last', 'sub stands twice, another user after the right one', false);

/** A plain answer has no issuer; a client that keys its users by one must not take this one. */
export const userinfoIssuerOther = ({ iss = 'https://honest.example' }: { readonly iss?: string } = {}) =>
  edited('iss-other', 'iss names another issuer', (claims) => ({ ...claims, iss }), 'token/issuer');

// Neither is an identifier (OIDC Core §5.7).
export const userinfoNameOther = () =>
  edited('name-other', "name is the victim's", (claims) => ({ ...claims, name: 'The Victim' }));
export const userinfoEmailOther = () =>
  edited('email-other', "email is the victim's, and unverified", (claims) => ({
    ...claims,
    email: 'victim@example.com',
    email_verified: false,
  }));

const claim = 'extension/claims';
export const userinfoEmailVerifiedString = () =>
  edited(
    'email-verified-string',
    'email_verified is the string "false"',
    (claims) => ({ ...claims, email_verified: 'false' }),
    claim,
  );
export const userinfoClaimsMissing = () =>
  edited('claims-missing', 'nothing is said but sub', ({ sub = null }) => ({ sub }), claim);
export const userinfoClaimsNull = () =>
  edited(
    'claims-null',
    'every claim but sub is null',
    (claims) =>
      Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, name === 'sub' ? value : null])),
    claim,
  );
export const userinfoUnknownClaim = () =>
  edited('unknown-claim', 'a claim that nobody knows is added', (claims) => ({ ...claims, 'x-failwell': [1] }), claim);

export const userinfoContentTypeOther = () =>
  fault(
    'content-type-jwt',
    'plain JSON calls itself application/jwt',
    rewriting((claims, answer) => withBody(answer, JSON.stringify(claims), 'application/jwt')),
    malformed,
  );
export const userinfoHtml = () =>
  fault(
    'html',
    'the answer is an HTML page',
    rewriting((_, answer) => withBody(answer, '<!doctype html><title>Sign in</title>', 'text/html; charset=utf-8')),
    'idp/endpoints',
  );
export const userinfoTokenRefused = () =>
  fault(
    'invalid-token',
    'the good access token is refused with 401',
    () =>
      json(401, { error: 'invalid_token', error_description: 'The access token was revoked' }, [
        ...unstored,
        [
          'www-authenticate',
          'Bearer realm="idp", error="invalid_token", error_description="The access token was revoked"',
        ],
      ]),
    'token/caching',
  );
export const userinfoServerError = () =>
  fault('server-error', 'the answer is 500', () => json(500, {}), 'idp/endpoints');
/** RFC 6750 §3: a refusal that does not say how to do better. */
export const userinfoChallengeMissing = () =>
  fault(
    'challenge-missing',
    'a refusal has no WWW-Authenticate',
    (answer) =>
      answer.status >= 400
        ? { ...answer, headers: answer.headers.filter(([name]) => name.toLowerCase() !== 'www-authenticate') }
        : answer,
    'migration/error-mapping',
  );
