import { setTimeout as pause } from 'node:timers/promises';
import type { PlannedAnswer } from '../../harness/model/http.ts';
import { cutAnswer, type Delivered, either, resetOnPurpose, wholeAnswer } from './delivery.ts';

/** What a near party inside the harness gets of a planned answer: the same as over a socket, without one. */
export async function simulate(
  planned: PlannedAnswer,
  { method, signal, released }: { readonly method: string; readonly signal: AbortSignal; released(): AbortSignal },
): Promise<Delivered> {
  const { delivery } = planned;
  switch (delivery.how) {
    case 'whole':
      return { end: 'complete', response: planned };
    case 'hang':
      await either(signal, released());
      return { end: 'hung' };
    case 'drip': {
      const stop = AbortSignal.any([signal, released()]);
      const milliseconds = (planned.body.byteLength / delivery.bytesPerSecond) * 1000;
      await pause(milliseconds, undefined, { signal: stop }).catch(() => undefined);
      if (!signal.aborted) return { end: 'complete', response: wholeAnswer(planned, method) };
      const message = 'the answer was not complete in time';
      return { end: 'timed-out', error: { side: 'near', code: 'ETIMEDOUT', message } };
    }
    case 'truncated':
      return { end: 'truncated', response: cutAnswer(planned, delivery.bytes, method), error: cutOnPurpose };
    case 'reset': {
      const response = delivery.headers ? { response: cutAnswer(planned, delivery.bytes, method) } : {};
      return { end: 'reset', error: resetOnPurpose, ...response };
    }
  }
}

const cutOnPurpose = { side: 'near', code: 'TRUNCATED', message: 'the link ended the answer early' } as const;
