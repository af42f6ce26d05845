import { answers, answersNoServerError } from '../../harness/oracles/answers.ts';
import { accept, either, refuse } from '../../harness/oracles/expect.ts';
import { grants } from '../../harness/oracles/grants.ts';
import { guardsCookies, hidesReferrer, namesNoVersion } from '../../harness/oracles/hygiene.ts';
import { issuesNothing } from '../../harness/oracles/issues-nothing.ts';
import { anyOf } from '../../harness/oracles/oracle.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { answersAsTokens, discretion, endures, grantsRequest } from './expectations.ts';
import { askForToken, authorize, clientCredentials, redeem, refresh } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'attack/secrets';
const version = namesNoVersion().by(practice.noVersion);
const cookies = (attribute: 'HttpOnly' | 'Secure' | 'SameSite') =>
  accept({ discretion: [guardsCookies(attribute).by(practice.cookiesGuarded)], resilience: endures });
/** What nobody can read is refused in some words or other, and tells nothing of who read it. */
const unread = refuse({
  safe: [issuesNothing().by(rfc6749.invalidRequest)],
  signal: [
    answers([400, 401, 403, 411, 413, 414, 415, 422, 431]).by(rfc6749.invalidRequest),
    answersNoServerError().by(practice.survivesInput),
  ],
  discretion: [...discretion, version],
  resilience: endures,
});
/** It may count as if it were not there: no sentence says what a NUL is worth. */
const leftOut = either({
  signal: [
    anyOf(grants(), answers([400, 401, 403, 411, 413, 414, 415, 422, 431])).by(practice.tolerates),
    answersNoServerError().by(practice.survivesInput),
  ],
  discretion: [...discretion, version],
  resilience: endures,
});
const machine = { needs: ['client-credentials'] };

/**
 * What an answer tells besides what it is for. RFC 6749 §5.1 wants `no-store` on "any response containing tokens,
 * credentials, or other sensitive information"; the rest is practice.
 */
export default table(
  {
    family: 'hygiene',
    cause,
    remedy:
      'Let answers with tokens be stored nowhere, cookies be guarded, and neither fields nor error pages tell what runs there.',
  },
  {
    'tokens-stored': {
      summary: "The answer has a client's own token.",
      does: clientCredentials(),
      expect: grantsRequest(rfc6749.supportsBasic, ...answersAsTokens),
      ...machine,
    },
    'tokens-of-user-stored': {
      summary: 'The answer has the tokens of a user.',
      does: [authorize(), redeem()],
      expect: grantsRequest(rfc6749.codeIsValid, ...answersAsTokens),
      needs: ['authorization-code'],
    },
    'tokens-of-refresh-stored': {
      summary: 'The answer has refreshed tokens.',
      does: [authorize(), redeem(), refresh()],
      expect: grantsRequest(rfc6749.refreshTokenValid, ...answersAsTokens),
      needs: ['authorization-code', 'refresh-token'],
    },
    'version-with-error': {
      summary: 'The token endpoint refuses, and what it says of itself is looked at.',
      does: askForToken({ parameters: { grant_type: 'failwell' } }),
      expect: either({ discretion: [...discretion, version], resilience: endures }),
      ...machine,
    },
    'version-on-page': {
      summary: 'The authorization endpoint refuses with a page, and what that says of itself is looked at.',
      does: authorize({ parameters: { client_id: 'nobody-here' } }),
      expect: either({ discretion: [...discretion, version], resilience: endures }),
      needs: ['authorization-code'],
    },
    referrer: {
      summary: 'The URLs of the pages of a login hold the request: they are looked at for their Referrer-Policy.',
      does: authorize(),
      expect: accept({ discretion: [hidesReferrer().by(practice.referrerHidden)], resilience: endures }),
      needs: ['authorization-code'],
    },
    'cookies-http-only': {
      summary: 'The cookies of a login are looked at: scripts could read them.',
      does: authorize(),
      expect: cookies('HttpOnly'),
      needs: ['authorization-code'],
    },
    'cookies-same-site': {
      summary: 'The cookies of a login are looked at: they could go with what other sites ask for.',
      does: authorize(),
      expect: cookies('SameSite'),
      needs: ['authorization-code'],
    },
    'cookies-secure': {
      summary: 'The cookies of a login are looked at: they could go over plain HTTP.',
      does: authorize(),
      expect: cookies('Secure'),
      needs: ['authorization-code', 'https'],
    },
    'json-broken': {
      summary: 'The body is JSON that ends too early.',
      does: clientCredentials({ encoding: 'json', body: '{"grant_type":' }),
      expect: unread,
      ...machine,
    },
    'form-broken': {
      summary: 'The form has a percent sign that begins no escape.',
      does: clientCredentials({ body: 'grant_type=%zz&=&&%' }),
      expect: unread,
      ...machine,
    },
    'form-not-utf-8': {
      summary: 'The form has bytes that are no UTF-8.',
      does: clientCredentials({ body: 'grant_type=%ff%fe%c0%af' }),
      expect: unread,
      ...machine,
    },
    'form-nested': {
      summary: 'The names of the form have brackets, as some frameworks read objects.',
      does: clientCredentials({ body: 'grant_type[__proto__][x]=client_credentials&constructor[prototype]=1' }),
      expect: unread,
      ...machine,
    },
    'form-with-nul': {
      summary: 'grant_type holds a NUL.',
      does: askForToken({ parameters: { grant_type: 'client_credentials\u0000' } }),
      expect: leftOut,
      ...machine,
    },
    'form-huge': {
      summary: 'The form has a megabyte in one parameter.',
      does: askForToken({ parameters: { grant_type: 'x'.repeat(1_000_000) } }),
      expect: unread,
      ...machine,
    },
    'parameters-many': {
      summary: 'The form has 5,000 parameters and no grant type.',
      does: askForToken({
        body: Array.from({ length: 5000 }, (_, at) => `p${at}=x`).join('&'),
      }),
      expect: unread,
      ...machine,
    },
  },
);
