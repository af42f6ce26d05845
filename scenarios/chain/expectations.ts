import type { CauseId } from '../../harness/model/cause.ts';
import type { Requirement } from '../../harness/model/requirement.ts';
import type { Expectation, Expected, Oracle } from '../../harness/model/scenario.ts';
import { at } from '../../harness/oracles/at.ts';
import { either, refuse } from '../../harness/oracles/expect.ts';
import { answersNoSecret, answersNoStackTrace, logsNoSecret } from '../../harness/oracles/leaks.ts';
import { names, tellsCaller } from '../../harness/oracles/names.ts';
import { recovers } from '../../harness/oracles/recovers.ts';
import { saysNo } from '../../harness/oracles/says-no.ts';
import { succeeds } from '../../harness/oracles/succeeds.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { triesAtMost } from '../../harness/oracles/tries-at-most.ts';
import { whenRefused } from '../../harness/oracles/when-refused.ts';
import { practice } from '../../harness/requirements/practice.ts';

type Hop = 'client' | 'gateway';

const gateway = (oracle: Oracle) => at('gateway', oracle);
const client = (oracle: Oracle) => at('client', oracle);

const keepsQuiet = (hop: Hop): readonly Expected[] => [
  at(hop, logsNoSecret()).by(practice.noSecretInLog),
  at(hop, answersNoSecret()).by(practice.noSecretInAnswer),
  at(hop, answersNoStackTrace()).by(practice.noStackTrace),
];

/** Neither hop storms the next one, and all is well again afterwards. */
const endures: readonly Expected[] = [
  triesAtMost(10, 'client→idp').by(practice.boundedRetries),
  triesAtMost(10, 'gateway→idp').by(practice.boundedRetries),
  survives().by(practice.survivesInput),
  recovers().by(practice.recovers),
];

interface AtGateway {
  readonly cause: CauseId;
  /** What the gateway's answer must be. */
  readonly signal?: readonly Expected[];
  /** What must not happen. */
  readonly safe?: readonly Expected[];
}

/**
 * The gateway is where it shows: its log names the cause; the client says no, and learns from the gateway's answer at
 * least in which class the fault is.
 */
export function failsAtGateway({ cause, signal = [], safe = [] }: AtGateway): Expectation {
  return refuse({
    safe: [...safe, saysNo().by(practice.admitsFailure)],
    signal: signal.map(({ oracle, requirement }) => gateway(oracle).by(requirement)),
    diagnosis: [
      gateway(names(cause)).by(practice.operatorLearnsCause),
      gateway(tellsCaller(cause)).by(practice.callerLearnsClass),
      client(tellsCaller(cause)).by(practice.callerLearnsClass),
    ],
    discretion: [...keepsQuiet('client'), ...keepsQuiet('gateway')],
    resilience: [client(triesAtMost(3, 'gateway')).by(practice.boundedRetries), ...endures],
  });
}

/** The client is where it shows, before anything is asked of the gateway. */
export function failsAtClient(cause: CauseId): Expectation {
  return refuse({
    safe: [saysNo().by(practice.admitsFailure)],
    diagnosis: [
      client(names(cause)).by(practice.operatorLearnsCause),
      client(tellsCaller(cause)).by(practice.callerLearnsClass),
    ],
    discretion: keepsQuiet('client'),
    resilience: endures,
  });
}

/** Nobody need notice. */
export function goesOn(by: Requirement): Expectation {
  return either({
    discretion: [...keepsQuiet('client'), ...keepsQuiet('gateway')],
    resilience: [succeeds().by(by), ...endures],
  });
}

/** The chain may cope; when it does not, this hop says why. */
export function goesOnOrExplains(hop: Hop, cause: CauseId): Expectation {
  return either({
    diagnosis: [
      whenRefused(at(hop, names(cause))).by(practice.operatorLearnsCause),
      whenRefused(client(tellsCaller(cause))).by(practice.callerLearnsClass),
    ],
    discretion: keepsQuiet('client'),
    resilience: endures,
  });
}
