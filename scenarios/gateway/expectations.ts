import type { CauseId } from '../../harness/model/cause.ts';
import type { Requirement } from '../../harness/model/requirement.ts';
import type { Expectation, Expected, Oracle } from '../../harness/model/scenario.ts';
import { accepts } from '../../harness/oracles/accepts.ts';
import { answers, answersNoServerError } from '../../harness/oracles/answers.ts';
import { answersWithin } from '../../harness/oracles/answers-within.ts';
import { challenges } from '../../harness/oracles/challenges.ts';
import { accept, either, refuse } from '../../harness/oracles/expect.ts';
import {
  answersNoInnerAddress,
  answersNoSecret,
  answersNoStackTrace,
  logsNoSecret,
} from '../../harness/oracles/leaks.ts';
import { names, tellsCaller } from '../../harness/oracles/names.ts';
import { neverReaches } from '../../harness/oracles/never-reaches.ts';
import { anyOf } from '../../harness/oracles/oracle.ts';
import { recovers } from '../../harness/oracles/recovers.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { triesAtMost } from '../../harness/oracles/tries-at-most.ts';
import { whenRefused } from '../../harness/oracles/when-refused.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { rfc6750 } from '../../harness/requirements/rfc6750.ts';
import { rfc7519 } from '../../harness/requirements/rfc7519.ts';

/** What is asked of every answer, whatever broke. */
export const discretion: readonly Expected[] = [
  logsNoSecret().by(practice.noSecretInLog),
  answersNoSecret().by(practice.noSecretInAnswer),
  answersNoStackTrace().by(practice.noStackTrace),
  answersNoInnerAddress().by(practice.noInternalAddress),
];

/** What is asked of the caller's and the operator's view of a refusal. */
const explains = (cause: CauseId): readonly Expected[] => [
  names(cause).by(practice.operatorLearnsCause),
  tellsCaller(cause).by(practice.callerLearnsClass),
];

/** What is asked of every target, whatever broke: it lives, answers in time, and works afterwards. */
export const endures: readonly Expected[] = [
  survives().by(practice.survivesInput),
  answersWithin('5s').by(practice.answersWithinDeadline),
  recovers().by(practice.recovers),
];

/** The host that only the token names is never contacted. */
const keepsToItself = neverReaches('attacker').by(practice.neverContactsTokenUrl);

interface Refusal {
  readonly cause: CauseId;
  /** The sentence by which the request must not get through. */
  readonly by: Requirement;
  /** Default: 401 `invalid_token` (RFC 6750 §3.1). */
  readonly says?: Expected;
  /** Default: nothing reaches the API. */
  readonly safe?: readonly Expected[];
}

/** The token is bad: the API is not reached, the challenge is there, the error code is right, the log says why. */
export function refusesToken({ cause, by, says, safe }: Refusal): Expectation {
  return refuse({
    safe: [...(safe ?? [neverReaches('api').by(by)]), keepsToItself],
    signal: [
      challenges('Bearer').by(rfc6750.mustChallenge),
      says ?? answers(401, 'invalid_token').by(rfc6750.shouldSayInvalidToken),
      answersNoServerError().by(practice.survivesInput),
    ],
    diagnosis: explains(cause),
    discretion,
    resilience: endures,
  });
}

/** The request itself is malformed, or the token is in a syntax of its own: 400 or 401 both say so. */
export const badRequestOrToken = answers([400, 401], ['invalid_request', 'invalid_token']).by(
  rfc6750.shouldSayInvalidToken,
);

/** A server that will not even read such a header has not got as far as the token. */
const tooLarge = answers([413, 431]);

/** No sentence decides: it may be let through or refused, but explicitly and, when refused, as a token. */
export function acceptsOrRefusesToken({
  cause,
  also = [],
  unread = tooLarge,
}: {
  readonly cause: CauseId;
  /** How a server answers that has not got as far as the token. */
  readonly unread?: Oracle;
  /** Further answers that would be right. */
  readonly also?: readonly Oracle[];
}): Expectation {
  return either({
    safe: [keepsToItself],
    signal: [
      // A server error refuses nothing; it has a line of its own below.
      anyOf(accepts(), challenges('Bearer'), unread, answers([500, 502, 503, 504])).by(rfc6750.mustChallenge),
      anyOf(accepts(), answers([400, 401], ['invalid_token', 'invalid_request']), unread, ...also).by(
        rfc6750.shouldSayInvalidToken,
      ),
      answersNoServerError().by(practice.survivesInput),
    ],
    diagnosis: [whenRefused(names(cause), unread).by(practice.operatorLearnsCause)],
    discretion,
    resilience: endures,
  });
}

/** The request is in order, however odd it looks: the API must do the work. */
export function acceptsToken(by: Requirement): Expectation {
  return accept({ safe: [keepsToItself], signal: [accepts().by(by)], discretion, resilience: endures });
}

/**
 * Something behind the gateway is broken, so that it cannot know whether the token is good: closed, without blaming
 * the token, within its deadline, without a storm, and back afterwards.
 */
export function refusesAsUnavailable(cause: CauseId): Expectation {
  return refuse({
    safe: [neverReaches('api').by(rfc7519.trustOnlySecured), keepsToItself],
    signal: [answers([500, 502, 503, 504]).by(practice.callerNotBlamed)],
    diagnosis: explains(cause),
    discretion,
    resilience: [...endures, triesAtMost(10, 'idp').by(practice.boundedRetries)],
  });
}

/** The API behind the gateway is broken: said so, without blaming the token. */
export function refusesForUpstream(says: Expected): Expectation {
  const { properties } = passesOn(says);
  return refuse({ ...properties, diagnosis: [names('gateway/upstream').by(practice.operatorLearnsCause)] });
}

/** What the API itself answered goes to the caller, and speaks for itself. */
export function passesOn(says: Expected): Expectation {
  return refuse({
    signal: [says],
    discretion,
    resilience: [...endures, triesAtMost(10, 'api').by(practice.boundedRetries)],
  });
}

/** What is broken need not matter to the gateway: it goes on working. */
export function worksOn(by: Requirement): Expectation {
  return accept({
    safe: [keepsToItself],
    discretion,
    resilience: [accepts().by(by), ...endures, triesAtMost(10, 'idp').by(practice.boundedRetries)],
  });
}

/** No sentence decides whether the gateway copes or refuses; when it refuses, not at the caller's expense. */
export function worksOnOrRefuses(cause: CauseId): Expectation {
  return either({
    safe: [keepsToItself],
    signal: [anyOf(accepts(), answers([500, 502, 503, 504])).by(practice.callerNotBlamed)],
    diagnosis: [whenRefused(names(cause)).by(practice.operatorLearnsCause)],
    discretion,
    resilience: [...endures, triesAtMost(10, 'idp').by(practice.boundedRetries)],
  });
}

/** An answer of the IdP that says neither yes nor no: closed, as a bad token (401) or a broken IdP (5xx). */
export function refusesAsUnavailableOrToken(cause: CauseId): Expectation {
  const { properties } = refusesAsUnavailable(cause);
  return refuse({ ...properties, signal: [answers([401, 500, 502, 503, 504]).by(practice.callerNotBlamed)] });
}

const withoutKey = answers([401, 403, 500, 502, 503, 504]);

/**
 * The IdP answered, but with no key for this token: closed. Whether that is the token's fault (4xx) or the IdP's (5xx)
 * is not decided by any sentence.
 */
export function refusesWithoutKey(cause: CauseId): Expectation {
  return refuse({
    safe: [neverReaches('api').by(rfc7519.trustOnlySecured), keepsToItself],
    signal: [withoutKey.by(practice.callerNotBlamed)],
    diagnosis: explains(cause),
    discretion,
    resilience: [...endures, triesAtMost(10, 'idp').by(practice.boundedRetries)],
  });
}

/** No sentence decides whether the gateway copes with such a key set. */
export function worksOnOrRefusesWithoutKey(cause: CauseId): Expectation {
  const { properties } = refusesWithoutKey(cause);
  return either({
    ...properties,
    safe: [keepsToItself],
    signal: [anyOf(accepts(), withoutKey).by(practice.callerNotBlamed)],
    diagnosis: [whenRefused(names(cause)).by(practice.operatorLearnsCause)],
  });
}
