import { setTimeout as pause } from 'node:timers/promises';
import type { OpenLink } from '../../../mocks/links/link.ts';

/** A link on which requests leave at least so many milliseconds apart. */
export function paced(link: OpenLink, apart: number): OpenLink {
  let next = 0;
  const send: OpenLink['send'] = async (request, options) => {
    const wait = next - performance.now();
    next = Math.max(next, performance.now()) + apart;
    if (wait > 0) await pause(wait, undefined, { signal: options.signal }).catch(() => undefined);
    return await link.send(request, options);
  };
  // Whatever else a link can do, it does as before.
  return Object.create(link, { send: { value: send } });
}
