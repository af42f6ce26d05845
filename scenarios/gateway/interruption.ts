import { accepts } from '../../harness/oracles/accepts.ts';
import { interruptions } from '../interruption.ts';
import { discretion } from './expectations.ts';
import { callApi, minted, opaque } from './stimuli.ts';

const until = { outcome: 'accepted', measure: 'service again', declared: 'recovery' } as const;
const judged = { did: accepts(), discretion };

/** A gateway's life is interrupted, and a call of the API gets through afterwards. */
export default [
  ...interruptions('gateway', { ...judged, needs: ['jwt'], work: [callApi({ token: minted(), until })] }),
  ...interruptions('gateway', {
    ...judged,
    needs: ['opaque', '!jwt'],
    work: [callApi({ token: opaque, until })],
    called: (way) => `${way}-opaque`,
  }),
];
