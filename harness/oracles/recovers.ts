import { milliseconds } from '../model/time.ts';
import { oracle } from './oracle.ts';
import { entries } from './reading.ts';

/** The control passed again once the fault was cleared; a target may remember it for as long as it declares. */
export function recovers() {
  return oracle(
    'recovers()',
    (history, declared) => {
      const after = entries(history, 'step').filter(({ phase, from }) => phase === 'control-after' && from !== 'twin');
      const last = after.at(-1);
      const took = entries(history, 'measure').find(({ what }) => what === 'recovery')?.milliseconds ?? 0;
      const expected = 'the control passes again once the fault is cleared';
      if (last === undefined)
        return { holds: 'unknown', observed: 'no control ran afterwards', expected, evidence: [] };
      const evidence = [last.seq];
      const waited = `after ${Math.round(took)} ms`;
      if (last.outcome === 'accepted') return { holds: 'yes', observed: `recovered ${waited}`, expected, evidence };
      if (entries(history, 'deadline').some(({ what }) => what === 'scenario'))
        return { holds: 'unknown', observed: `still ${last.detail} when the harness gave up`, expected, evidence };
      const cached = declared.keyCache?.value;
      if (
        cached !== undefined &&
        milliseconds(cached) > took &&
        entries(history, 'step').some(({ phase, from }) => phase === 'control-after' && from === 'twin')
      ) {
        return {
          holds: 'unknown',
          observed: `still ${last.detail} ${waited}, and it declares a key cache of ${cached}`,
          expected,
          evidence,
        };
      }
      return { holds: 'no', observed: `still ${last.detail} ${waited}`, expected, evidence };
    },
    {
      good: 'a valid token gets through a second after the fault is gone',
      bad: 'still 503 after ten seconds: only a restart helps',
    },
  );
}
