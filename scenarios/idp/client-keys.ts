import { accept } from '../../harness/oracles/expect.ts';
import { grants } from '../../harness/oracles/grants.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc7523 } from '../../harness/requirements/rfc7523.ts';
import * as body from '../../mocks/faults/links/body.ts';
import { resets } from '../../mocks/faults/links/connection.ts';
import {
  closesBeforeAnswer,
  drips,
  neverAnswers,
  resetBeforeAnswer,
  truncated,
} from '../../mocks/faults/links/delivery.ts';
import { emptied, jwksReplaced, removed, retyped } from '../../mocks/faults/links/document.ts';
import { gzipGarbage } from '../../mocks/faults/links/encoding.ts';
import { status } from '../../mocks/faults/links/status.ts';
import {
  expiredCertificate,
  handshakeResets,
  selfSigned,
  unknownAuthority,
  wrongHost,
} from '../../mocks/faults/links/tls/index.ts';
import { broken, refusesWithout } from './broken.ts';
import { discretion, endures } from './expectations.ts';
import { clientCredentials, rotateClientKey } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/endpoints';
const remedy =
  'Fetch the keys of a client within a deadline and a size, trust the certificate of no stranger, refuse the client while there are no keys, log its jwks_uri with what went wrong, and look again at the next request.';
const needs = ['client-credentials', 'private-key-jwt', 'client-jwks-uri'];
const asked = clientCredentials({ client: 'key' });
const refused = refusesWithout(rfc7523.signatureIsValid);
const blame = { cause } as const;

/** OpenID Connect Core §10.1.1, for the keys of a client: an IdP that has fetched none yet does so when it is asked. */
export default [
  ...broken(
    { family: 'client-keys', remedy, needs, on: 'idp→client', at: 'jwks', isolation: 'fresh', stimulus: [asked] },
    {
      'reset-before-answer': { fault: resetBeforeAnswer(blame), expect: refused },
      'closes-before-answer': { fault: closesBeforeAnswer(blame), expect: refused },
      'never-answers': { fault: neverAnswers(blame), expect: refused, slow: true },
      drips: { fault: drips({ ...blame, bytesPerSecond: 4 }), expect: refused, slow: true },
      'status-404': { fault: status(404, blame), also: body.empty(blame), expect: refused },
      'status-503': { fault: status(503, blame), also: body.empty(blame), expect: refused },
      truncated: { fault: truncated({ ...blame, bytes: 40 }), expect: refused },
      'html-page': { fault: body.htmlPage(blame), expect: refused },
      'malformed-json': { fault: body.malformedJson(blame), expect: refused },
      'encoding-corrupt': { fault: gzipGarbage(blame), expect: refused },
      'keys-empty': { fault: emptied('/keys', blame), expect: refused },
      'keys-missing': { fault: removed('/keys', blame), expect: refused },
      'keys-retyped': { fault: retyped('/keys', blame), expect: refused },
      'keys-of-another': { fault: jwksReplaced(blame), expect: refused },
    },
  ),
  ...broken(
    { family: 'client-keys', remedy, needs, on: 'idp→client', isolation: 'fresh', stimulus: [asked] },
    {
      'connection-reset': { fault: resets(blame), expect: refused },
      'handshake-reset': { fault: handshakeResets(blame), expect: refused },
      'expired-certificate': { fault: expiredCertificate(blame), expect: refused },
      'unknown-authority': { fault: unknownAuthority(blame), expect: refused },
      'self-signed': { fault: selfSigned(blame), expect: refused },
      'wrong-host': { fault: wrongHost(blame), expect: refused },
    },
  ),
  ...broken(
    { family: 'client-keys', remedy, needs, on: 'idp→client', at: 'jwks', isolation: 'fresh' },
    {
      'back-again': {
        fault: status(503, blame),
        schedule: { when: 'first', count: 1 },
        stimulus: [
          clientCredentials({ client: 'key', comesTo: 'either' }),
          clientCredentials({
            client: 'key',
            until: { outcome: 'accepted', measure: 'recovery', declared: 'keyRefresh' },
          }),
        ],
        expect: () => accept({ signal: [grants().by(practice.recovers)], discretion, resilience: endures }),
      },
    },
  ),
  ...table(
    { family: 'client-keys', cause, remedy, needs, isolation: 'fresh' },
    {
      rotated: {
        summary: 'The client signs with a new key under a new kid, and its JWK Set has that one alone.',
        does: [
          asked,
          rotateClientKey,
          clientCredentials({
            client: 'key',
            until: { outcome: 'accepted', measure: 'recovery', declared: 'keyRefresh' },
          }),
        ],
        expect: accept({
          signal: [grants().by(openidCore.refetchOnUnknownKid)],
          discretion,
          resilience: endures,
        }),
      },
    },
  ),
];
