import type { Requirement } from '../../harness/model/requirement.ts';
import type { RequestObject } from '../../harness/model/step.ts';
import { accept, refuse } from '../../harness/oracles/expect.ts';
import { grants } from '../../harness/oracles/grants.ts';
import { issuesNothing } from '../../harness/oracles/issues-nothing.ts';
import { neverReaches } from '../../harness/oracles/never-reaches.ts';
import { openidRegistration } from '../../harness/requirements/openid-registration.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc7519 } from '../../harness/requirements/rfc7519.ts';
import { rfc9101 } from '../../harness/requirements/rfc9101.ts';
import * as body from '../../mocks/faults/links/body.ts';
import { neverAnswers, resetBeforeAnswer, truncated } from '../../mocks/faults/links/delivery.ts';
import { status } from '../../mocks/faults/links/status.ts';
import { expiredCertificate, unknownAuthority, wrongHost } from '../../mocks/faults/links/tls/index.ts';
import { broken, refusesWithout } from './broken.ts';
import { discretion, endures, explains, refusesOnPage, refusesRequest } from './expectations.ts';
import { flipped, tampered, unsigned } from './jwts.ts';
import { authorize } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/endpoints';
const remedy =
  'Fetch request objects only from where their client has registered, within a deadline and a size and from a server whose certificate is good; verify the signature by the registered algorithm; use nothing but what stands inside.';
const needs = ['authorization-code', 'request-uri'];
const by = (byReference: RequestObject = {}) => authorize({ client: 'key', byReference });
const errors = ['invalid_request_object', 'invalid_request_uri'];
const refused = (requirement: Requirement) => refusesRequest({ cause, by: requirement, errors });
const missing = refusesWithout(rfc9101.contents);
const blame = { cause } as const;

/** RFC 9101 §5.2, OpenID Connect Core §6.2: an authorization request that the IdP fetches from its client. */
export default [
  ...table(
    { family: 'request-uri', cause, remedy, needs },
    {
      right: {
        summary: 'The IdP fetches the request from where its client has registered.',
        does: by(),
        expect: accept({ signal: [grants().by(rfc9101.fetches)], discretion, resilience: endures }),
      },
      unregistered: {
        summary: 'request_uri leads to a place that its client has not registered.',
        does: by({ unregistered: true }),
        expect: refuse({
          safe: [
            neverReaches('client').by(practice.fetchesRegisteredAlone),
            issuesNothing().by(practice.fetchesRegisteredAlone),
          ],
          diagnosis: explains(cause),
          discretion,
          resilience: endures,
        }),
        needs: ['request-uri-registration'],
      },
      'signature-wrong': {
        summary: 'The signature is wrong.',
        does: by({ jwt: flipped }),
        expect: refused(rfc9101.signatureValidated),
      },
      'claims-changed': {
        summary: 'The request was changed after it had been signed.',
        does: by({ jwt: tampered }),
        expect: refused(rfc9101.signatureValidated),
      },
      'key-foreign': {
        summary: "It is signed with another key, under the id of the client's own.",
        does: by({ signed: 'foreign' }),
        expect: refused(rfc9101.signatureValidated),
      },
      'public-key-as-secret': {
        summary: "It is made by HMAC, with the client's public key for a secret.",
        does: by({ signed: 'public-as-secret' }),
        expect: refused(rfc9101.signatureValidated),
      },
      'alg-unregistered': {
        summary: 'It is signed by PS256, where the client has registered RS256.',
        does: by({ signed: 'PS256' }),
        expect: refused(openidRegistration.requestObjectAlgorithm),
      },
      'alg-none': {
        summary: 'It says that it is not signed, where the client has registered RS256.',
        does: by({ jwt: unsigned('none') }),
        expect: refused(openidRegistration.requestObjectAlgorithm),
      },
      'no-jwt': {
        summary: 'What stands there is no JWT.',
        does: by({ jwt: 'response_type=code' }),
        expect: refused(rfc9101.contents),
      },
      'client-other': {
        summary: 'The request inside is of another client than the one outside.',
        does: by({ claims: (right) => ({ ...right, client_id: 'failwell-other' }) }),
        expect: refused(rfc9101.sameClient),
      },
      'audience-other': {
        summary: 'The request is for another IdP.',
        does: by({ claims: (right) => ({ ...right, aud: 'https://honest.example' }) }),
        expect: refused(rfc7519.audience),
      },
      expired: {
        summary: 'The request has expired an hour ago.',
        does: by({
          claims: (right) => ({ ...right, iat: Number(right.iat) - 4_000, exp: Number(right.exp) - 4_000 }),
        }),
        expect: refused(rfc7519.notAfterExpiry),
      },
      'redirect-uri-inside': {
        summary: 'The request inside asks for a redirect URI that is not registered.',
        does: by({ claims: (right) => ({ ...right, redirect_uri: 'https://attacker.example/callback' }) }),
        expect: refusesOnPage({ cause: 'client/redirect-uri', by: rfc6749.redirectUriMatches }),
        cause: 'client/redirect-uri',
      },
    },
  ),
  ...broken(
    {
      ...{ family: 'request-uri', remedy, needs, on: 'idp→client', at: 'request-object' },
      ...{ isolation: 'exclusive', stimulus: [by()] },
    },
    {
      'reset-before-answer': { fault: resetBeforeAnswer(blame), expect: missing },
      'never-answers': { fault: neverAnswers(blame), expect: missing, slow: true },
      'status-404': { fault: status(404, blame), also: body.empty(blame), expect: missing },
      'status-503': { fault: status(503, blame), also: body.empty(blame), expect: missing },
      'html-page': { fault: body.htmlPage(blame), expect: missing },
      truncated: { fault: truncated({ ...blame, bytes: 40 }), expect: missing },
      huge: { fault: body.huge(blame), expect: missing },
    },
  ),
  ...broken(
    { family: 'request-uri', remedy, needs, on: 'idp→client', isolation: 'exclusive', stimulus: [by()] },
    Object.fromEntries(
      Object.entries({ expiredCertificate, unknownAuthority, wrongHost }).map(([name, fault]) => [
        name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        { fault: fault(blame), expect: refusesWithout(rfc9101.verifiesServer) },
      ]),
    ),
  ),
];
