import type { Scenario } from '../../harness/model/scenario.ts';
import { refuse } from '../../harness/oracles/expect.ts';
import { staysWithin } from '../../harness/oracles/stays-within.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { expired } from '../../mocks/faults/token/expiry.ts';
import { discretion } from './expectations.ts';
import { callApi, minted } from './stimuli.ts';

/** RFC 7519 §4.1.4: "Implementers MAY provide for some small leeway, usually no more than a few minutes". */
const scenario: Scenario = {
  id: 'gateway/leeway/measured',
  role: 'gateway',
  cause: 'token/expired',
  summary: 'Tokens that expired ever longer ago are tried, to find how long after its expiry one is still accepted.',
  remedy: 'Set the leeway for exp to a minute or two, and declare it.',
  needs: ['jwt'],
  isolation: 'shared',
  faults: [],
  stimulus: [
    {
      do: 'ladder',
      measure: 'leeway',
      upTo: '10m',
      rung: (by) => ({ step: callApi({ token: minted(expired({ by })) }) }),
    },
  ],
  expect: refuse({
    safe: [staysWithin('leeway', 'leeway', '5m').by(practice.leewayAsDeclared)],
    discretion,
    resilience: [survives().by(practice.survivesInput)],
  }),
};

export default scenario;
