import type { Expected } from '../../harness/model/scenario.ts';
import { answersNoServerError } from '../../harness/oracles/answers.ts';
import { accept } from '../../harness/oracles/expect.ts';
import { clientBelievesLogout, logoutToken, tellsClient } from '../../harness/oracles/logout-token.ts';
import { triesAtMost } from '../../harness/oracles/tries-at-most.ts';
import { openidBackchannel } from '../../harness/requirements/openid-backchannel.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { resets } from '../../mocks/faults/links/connection.ts';
import { neverAnswers, resetBeforeAnswer } from '../../mocks/faults/links/delivery.ts';
import { status } from '../../mocks/faults/links/status.ts';
import { expiredCertificate } from '../../mocks/faults/links/tls/index.ts';
import { broken } from './broken.ts';
import { discretion, endures } from './expectations.ts';
import { authorize, logOut, redeem } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/endpoints';
const remedy =
  'Send each client of the session a signed logout token of its own with iss, aud, iat, exp, jti, events and sub or sid, each once and within a deadline, and let the user go whatever comes of it.';
const needs = ['authorization-code', 'openid', 'backchannel-logout'];
const leavesBy = (browser: string) => [authorize({ client: 'logout', browser }), redeem(), logOut({ browser })];
const leaves = leavesBy('phone');
/** A connection that an IdP has kept open is gone, and the first logout token with it; the second needs a new one. */
const leavesTwice = [...leavesBy('tablet'), ...leaves];
const blame = { cause } as const;

const telling = (...signal: readonly Expected[]) => accept({ signal, discretion, resilience: endures });
const says = (rule: Parameters<typeof logoutToken>[0], by: Parameters<ReturnType<typeof logoutToken>['by']>[0]) =>
  telling(logoutToken(rule).by(by));

/** The user has left, whatever the client does that is told of it: five tries a logout are enough. */
const goes = (logouts: number) => () =>
  accept({
    signal: [answersNoServerError().by(practice.survivesInput)],
    discretion,
    resilience: [...endures, triesAtMost(5 * logouts, 'client').by(practice.boundedRetries)],
  });

/** OpenID Connect Back-Channel Logout 1.0 §2.4 and §2.5: what a client is told when its user logs out. */
export default [
  ...table(
    { family: 'logout', cause, remedy, needs },
    Object.fromEntries(
      Object.entries({
        told: {
          summary: 'A user logs out, and the client is told.',
          expect: telling(tellsClient().by(practice.tellsOfLogout)),
        },
        signed: {
          summary: 'The client verifies the logout token, as it would an ID token.',
          expect: telling(clientBelievesLogout().by(openidBackchannel.isSigned)),
        },
        issuer: { summary: 'iss of the logout token.', expect: says('issuer', openidBackchannel.namesIssuer) },
        audience: { summary: 'aud of the logout token.', expect: says('audience', openidBackchannel.namesAudience) },
        'issued-at': { summary: 'iat of the logout token.', expect: says('issued-at', openidBackchannel.saysWhen) },
        expiry: { summary: 'exp of the logout token.', expect: says('expiry', openidBackchannel.expires) },
        id: { summary: 'jti of the logout token.', expect: says('id', openidBackchannel.hasId) },
        event: { summary: 'events of the logout token.', expect: says('event', openidBackchannel.namesEvent) },
        who: { summary: 'sub and sid of the logout token.', expect: says('who', openidBackchannel.saysWho) },
        nonce: { summary: 'No nonce in the logout token.', expect: says('nonce', openidBackchannel.noNonce) },
      }).map(([variant, row]) => [variant, { ...row, does: leaves }]),
    ),
  ),
  ...broken(
    {
      ...{ family: 'logout', remedy, needs, on: 'idp→client', at: 'backchannel-logout' },
      ...{ isolation: 'exclusive', stimulus: leaves },
    },
    {
      'reset-before-answer': { fault: resetBeforeAnswer(blame), expect: goes(1) },
      'never-answers': { fault: neverAnswers(blame), expect: goes(1), slow: true },
      'status-503': { fault: status(503, blame), expect: goes(1) },
    },
  ),
  ...broken(
    { family: 'logout', remedy, needs, on: 'idp→client', isolation: 'exclusive', stimulus: leavesTwice },
    {
      'connection-reset': { fault: resets(blame), expect: goes(2) },
      'expired-certificate': { fault: expiredCertificate(blame), expect: goes(2) },
    },
  ),
];
