import type { CauseId } from '../../harness/model/cause.ts';
import type { Expectation, Expected } from '../../harness/model/scenario.ts';
import { either, refuse } from '../../harness/oracles/expect.ts';
import { answersNoSecret, answersNoStackTrace, logsNoSecret } from '../../harness/oracles/leaks.ts';
import { names, tellsCaller } from '../../harness/oracles/names.ts';
import { recovers } from '../../harness/oracles/recovers.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { triesAtMost } from '../../harness/oracles/tries-at-most.ts';
import { whenRefused } from '../../harness/oracles/when-refused.ts';
import { practice } from '../../harness/requirements/practice.ts';
import * as cors from '../../mocks/faults/links/cors.ts';
import { broken } from './broken.ts';

const discretion: readonly Expected[] = [
  logsNoSecret().by(practice.noSecretInLog),
  answersNoSecret().by(practice.noSecretInAnswer),
  answersNoStackTrace().by(practice.noStackTrace),
];

/** A page that waits between its tries, or gives up, stays far below this with all that a login takes. */
const resilience: readonly Expected[] = [
  survives().by(practice.survivesInput),
  recovers().by(practice.recovers),
  triesAtMost(15, 'idp').by(practice.boundedRetries),
];

/**
 * Fetch Standard, CORS protocol: the answer arrives and the browser keeps it from the page, which sees the same error
 * as when the network is down. So the page is not told the reason, but it can say which origin asked which endpoint
 * and that CORS is what to look at.
 */
const saysWhy = (cause: CauseId): Expectation =>
  refuse({
    diagnosis: [names(cause).by(practice.operatorLearnsCause), tellsCaller(cause).by(practice.callerLearnsClass)],
    discretion,
    resilience,
  });

/** The same, where the page may also do without what it could not read. */
const worksOnOrSaysWhy = (cause: CauseId): Expectation =>
  either({
    diagnosis: [
      whenRefused(names(cause)).by(practice.operatorLearnsCause),
      whenRefused(tellsCaller(cause)).by(practice.callerLearnsClass),
    ],
    discretion,
    resilience,
  });

export default broken(
  {
    family: 'cors',
    remedy:
      'When a request fails without an answer, name the origin and the endpoint, say that CORS is the likely reason, and do not try for ever.',
    on: 'browser→idp',
    isolation: 'exclusive',
    needs: ['browser'],
  },
  {
    discovery: { fault: cors.withoutCors(), at: 'discovery', needs: ['discovery'], expect: saysWhy },
    'token-endpoint': { fault: cors.withoutCors(), at: 'token', needs: ['code'], expect: saysWhy },
    'token-endpoint-other-origin': { fault: cors.corsOther(), at: 'token', needs: ['code'], expect: saysWhy },
    // As an IdP and a proxy before it write it.
    'token-endpoint-doubled': { fault: cors.corsDoubled(), at: 'token', needs: ['code'], expect: saysWhy },
    jwks: { fault: cors.withoutCors(), at: 'jwks', needs: ['jwks'], expect: saysWhy },
    userinfo: { fault: cors.withoutCors(), at: 'userinfo', needs: ['userinfo'], expect: worksOnOrSaysWhy },
    // A request with a token is asked for first.
    'userinfo-preflight-refused': {
      fault: cors.preflightRefused(),
      at: 'userinfo',
      needs: ['userinfo'],
      expect: worksOnOrSaysWhy,
    },
    'userinfo-headers-missing': {
      fault: cors.corsWithoutHeaders(),
      at: 'userinfo',
      needs: ['userinfo'],
      expect: worksOnOrSaysWhy,
    },
    api: { fault: cors.withoutCors(), on: 'browser→api', needs: ['calls-api'], expect: saysWhy },
    'api-preflight-refused': {
      fault: cors.preflightRefused(),
      on: 'browser→api',
      needs: ['calls-api'],
      expect: saysWhy,
    },
  },
);
