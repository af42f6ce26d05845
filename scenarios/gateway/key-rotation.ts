import type { Scenario } from '../../harness/model/scenario.ts';
import { accepts } from '../../harness/oracles/accepts.ts';
import { accept, observe } from '../../harness/oracles/expect.ts';
import { staysWithin } from '../../harness/oracles/stays-within.ts';
import { survives } from '../../harness/oracles/survives.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { practice } from '../../harness/requirements/practice.ts';
import { discretion } from './expectations.ts';
import { callApi, minted } from './stimuli.ts';

const common = { role: 'gateway', needs: ['jwt', 'jwks'], isolation: 'fresh', faults: [], slow: true } as const;

/** OpenID Connect Core §10.1.1: the verifier goes back to the JWKS "when it sees an unfamiliar kid value." */
const scenarios: readonly Scenario[] = [
  {
    ...common,
    id: 'gateway/key-rotation/new-key',
    cause: 'migration/key-rotation',
    summary: 'The IdP signs with a new key; the old one stays published.',
    remedy: 'Fetch the key set again when a token names an unknown kid, at most once in the declared time.',
    stimulus: [
      { do: 'rotate-keys', withdraw: false },
      callApi({
        token: { ...minted(), name: 'new' },
        until: { outcome: 'accepted', measure: 'key refresh', declared: 'keyRefresh' },
      }),
    ],
    expect: accept({
      signal: [accepts().by(openidCore.refetchOnUnknownKid)],
      discretion,
      resilience: [
        staysWithin('key refresh', 'keyRefresh').by(practice.recovers),
        survives().by(practice.survivesInput),
      ],
    }),
  },
  {
    ...common,
    id: 'gateway/key-rotation/withdrawn-key',
    cause: 'idp/signing-keys',
    summary: 'The IdP withdraws its key and signs with another; a token of the old key is still going round.',
    remedy: 'Keep a key no longer than the declared cache time after the IdP has withdrawn it.',
    stimulus: [
      callApi({ token: { ...minted(), name: 'old' } }),
      { do: 'rotate-keys', withdraw: true },
      callApi({
        token: { ...minted(), name: 'old' },
        until: { outcome: 'refused', measure: 'staleness of a withdrawn key', declared: 'keyCache' },
      }),
    ],
    // Measured only: a cached key may rightly be used until the declared time is over.
    expect: observe({ discretion, resilience: [survives().by(practice.survivesInput)] }),
  },
];

export default scenarios;
