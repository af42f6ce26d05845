import { setImmediate as turn } from 'node:timers/promises';
import { FailwellError } from '../../harness/model/error.ts';
import type { PlacedFault, Random } from '../../harness/model/fault.ts';
import type { Link } from '../../harness/model/parties.ts';
import type { Board } from './board.ts';
import { usualHandshake } from './handshake.ts';
import type { OpenLink } from './link.ts';
import type { LinkTls, Listener } from './listener.ts';

interface Places {
  readonly name: Link;
  readonly board: Board;
  readonly tls: LinkTls | undefined;
  /** Absent where the harness itself is the near party. */
  readonly near: Listener | undefined;
  readonly carries: 'HTTP' | 'bytes';
}

/** Puts faults on a link, and sees to it that they are met. */
export function placing(places: Places): OpenLink['place'] {
  const { board, near } = places;
  let refusals = 0;

  return async (placed, random, within) => {
    const { fault } = placed;
    const onHandshake = fault.seam === 'link/handshake';
    const refuses = closesPort(placed, random);
    mustFit(placed, places, { random, refuses, within: within !== undefined });
    const standing = board.add(placed, random, within);
    if (refuses && near) {
      refusals += 1;
      await near.refuse();
    } else if (onHandshake || fault.seam === 'link/stream' || (fault.seam === 'link/connection' && !within)) {
      await near?.drop();
    }
    let cleared = false;
    return async () => {
      if (cleared) return;
      cleared = true;
      standing.remove();
      if (onHandshake) await near?.drop(({ acted }) => acted.some(({ cleared: gone }) => gone.aborted));
      if (refuses && near) {
        refusals -= 1;
        if (refusals === 0) await near.listen();
      }
      // What the fault held up is told of before this resolves.
      await turn();
    };
  };
}

/** @throws a `FailwellError` if a fault cannot stand here */
function mustFit(
  placed: PlacedFault,
  { name, tls, near, carries }: Places,
  { random, refuses, within }: { readonly random: Random; readonly refuses: boolean; readonly within: boolean },
): void {
  const { fault, on, at, schedule } = placed;
  const { seam } = fault;
  const onSome = at !== undefined || within;
  const no = (why: string) => new FailwellError('harness', `the fault ${fault.id} cannot stand here: it ${why}`);
  if (on !== name) throw no(`belongs on ${on}, not on ${name}`);
  if (!seam.startsWith('link/')) throw no(`acts on '${seam}', which no link has`);
  if (seam === 'link/name') throw no('changes what a name resolves to: place it on a name server');
  if (carries === 'bytes' && (seam === 'link/request' || seam === 'link/answer'))
    throw no('changes HTTP, and this link carries bytes of something else: use one of tcp/stream-*');
  if (carries === 'bytes' && onSome)
    throw no('would concern one endpoint or path, which a link without HTTP does not have');
  if (carries === 'HTTP' && seam === 'link/stream')
    throw no(
      'acts on a connection without HTTP, and this link carries HTTP: use the fault without stream- in its name',
    );
  if (near && refuses && (onSome || schedule.when !== 'always'))
    throw no('closes the port, so it cannot be counted or concern one endpoint: use tcp/reset');
  if (seam !== 'link/handshake') return;
  if (!near || !tls) throw no('breaks TLS handshakes, and this link serves none');
  if (onSome) throw no('is met before there is a request, so it cannot concern one endpoint or path');
  if (!tls.authority && fault.apply(usualHandshake, random).chain !== usualHandshake.chain)
    throw no('shows another certificate, and this link has no authority to issue it: open it with one');
}

/** Nobody listens while it stands. */
function closesPort({ fault }: PlacedFault, random: Random): boolean {
  return fault.seam === 'link/connection' && fault.apply({ how: 'accept' }, random).how === 'refuse';
}
