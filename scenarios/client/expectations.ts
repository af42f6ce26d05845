import type { CauseId } from '../../harness/model/cause.ts';
import type { Requirement } from '../../harness/model/requirement.ts';
import type { Expectation, Expected } from '../../harness/model/scenario.ts';
import { answersWithin } from '../../harness/oracles/answers-within.ts';
import { accept, either, refuse } from '../../harness/oracles/expect.ts';
import { honoursRetryAfter } from '../../harness/oracles/honours-retry-after.ts';
import { answersNoSecret, answersNoStackTrace, logsNoSecret } from '../../harness/oracles/leaks.ts';
import { names, tellsCaller } from '../../harness/oracles/names.ts';
import { neverReaches } from '../../harness/oracles/never-reaches.ts';
import type { PairableOracle } from '../../harness/oracles/oracle.ts';
import { recovers } from '../../harness/oracles/recovers.ts';
import { redeemsNothing } from '../../harness/oracles/redeems-nothing.ts';
import { redeemsOnce } from '../../harness/oracles/redeems-once.ts';
import { saysNo } from '../../harness/oracles/says-no.ts';
import { sendsSecretOnlyTo } from '../../harness/oracles/sends-secret-only-to.ts';
import { succeeds } from '../../harness/oracles/succeeds.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { triesAtMost } from '../../harness/oracles/tries-at-most.ts';
import { whenRefused } from '../../harness/oracles/when-refused.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';

/** What is asked of whatever a client says, whatever broke. */
export const discretion: readonly Expected[] = [
  logsNoSecret().by(practice.noSecretInLog),
  answersNoSecret().by(practice.noSecretInAnswer),
  answersNoStackTrace().by(practice.noStackTrace),
];

/** What the operator and the user are told of a refusal. */
const explains = (cause: CauseId): readonly Expected[] => [
  names(cause).by(practice.operatorLearnsCause),
  tellsCaller(cause).by(practice.callerLearnsClass),
];

/** The same, where the client may also get along. */
const explainsRefusal = (cause: CauseId): readonly Expected[] => [
  whenRefused(names(cause)).by(practice.operatorLearnsCause),
  whenRefused(tellsCaller(cause)).by(practice.callerLearnsClass),
];

/** What is asked of every client, whatever broke: it lives, comes to an end in time, tries within bounds, and works afterwards. */
const endures: readonly Expected[] = [
  survives().by(practice.survivesInput),
  answersWithin('5s').by(practice.answersWithinDeadline),
  triesAtMost(10, 'client→idp').by(practice.boundedRetries),
  recovers().by(practice.recovers),
];

/** Its secret and its codes go to the IdP alone. */
const keepsToItself = sendsSecretOnlyTo('idp').by(practice.credentialsToIssuerAlone);

interface Refusal {
  readonly cause: CauseId;
  /** The sentence by which the client must not go on. */
  readonly by: Requirement;
  /** What must not happen besides. */
  readonly safe?: readonly Expected[];
}

/** What came from the IdP must not be used: nobody is logged in, the API is not called, and both are told why. */
export function refusesWhatCame({ cause, by, safe = [] }: Refusal): Expectation {
  return refuse({
    safe: [saysNo().by(by), neverReaches('api').by(by), ...safe, keepsToItself],
    diagnosis: explains(cause),
    discretion,
    resilience: endures,
  });
}

/** The same for what comes later, when the client has called the API already. */
export function saysNoToWhatCame({ cause, by, safe = [] }: Refusal): Expectation {
  return refuse({
    safe: [saysNo().by(by), ...safe, keepsToItself],
    diagnosis: explains(cause),
    discretion,
    resilience: endures,
  });
}

interface RefusedResponse extends Refusal {
  /** What shows that nothing comes of the code. Default: it is not redeemed. */
  readonly codeIsSafe?: PairableOracle;
}

/** The authorization response must not be used, and nothing may come of its code either. */
export function refusesResponse({ cause, by, safe = [], codeIsSafe = redeemsNothing() }: RefusedResponse): Expectation {
  return refusesWhatCame({ cause, by, safe: [codeIsSafe.by(by), ...safe] });
}

/** The IdP says no, or nothing of use: the client says so, names the cause, and does not go on as if it had a token. */
export function saysThatItFailed(cause: CauseId): Expectation {
  return refuse({
    safe: [saysNo().by(practice.admitsFailure), keepsToItself],
    diagnosis: explains(cause),
    discretion,
    resilience: endures,
  });
}

/** The same, where it depends on the client which cause it meets. */
export function admitsFailure(): Expectation {
  return refuse({ safe: [saysNo().by(practice.admitsFailure), keepsToItself], discretion, resilience: endures });
}

/** Nothing was granted, and there is nothing to redeem. */
export function saysThatNothingCame(cause: CauseId): Expectation {
  const { outcome, properties } = saysThatItFailed(cause);
  return {
    outcome,
    properties: { ...properties, safe: [...properties.safe, redeemsNothing().by(practice.admitsFailure)] },
  };
}

/** An answer of the IdP was lost, or there is none: as above, and a code that may have been heard is not sent again. */
export function saysThatItFailedOnce(cause: CauseId): Expectation {
  return withoutRepetition(saysThatItFailed(cause));
}

/** No sentence decides whether the client copes with a wire that is slow or odd, but a code is sent once. */
export function worksOnOrSaysWhyOnce(cause: CauseId): Expectation {
  return withoutRepetition(worksOnOrSaysWhy(cause));
}

function withoutRepetition({ outcome, properties }: Expectation): Expectation {
  return {
    outcome,
    properties: { ...properties, safe: [...properties.safe, redeemsOnce().by(rfc6749.useCodeOnce)] },
  };
}

/** The IdP asks to be left alone: the client says so, and asks no more before the time is over. */
export function waits(cause: CauseId): Expectation {
  const { outcome, properties } = saysThatItFailed(cause);
  return {
    outcome,
    properties: {
      ...properties,
      resilience: [...properties.resilience, honoursRetryAfter('client→idp').by(practice.retryAfterHonoured)],
    },
  };
}

/** No sentence decides whether the client copes; when it does not, it says why. */
export function worksOnOrSaysWhy(cause: CauseId): Expectation {
  return either({ safe: [keepsToItself], diagnosis: explainsRefusal(cause), discretion, resilience: endures });
}

/** What is unusual must not matter to the client. */
export function worksOn(by: Requirement): Expectation {
  return accept({
    safe: [keepsToItself],
    discretion,
    resilience: [succeeds().by(by), ...endures],
  });
}
