import { FailwellError } from '../../../harness/model/error.ts';
import type { AnyFault, PlacedFault, Random, Schedule } from '../../../harness/model/fault.ts';
import type { Endpoint } from '../../../harness/model/parties.ts';
import { createStanding, type Standing } from '../standing.ts';
import { link, type Wire } from './wire.ts';

/** When a fault acts, and on what. */
export interface ProxyPlaceOptions {
  /** Default: always. Each host counts by itself. */
  readonly schedule?: Schedule;
  /** Only at this endpoint, once the IdP's discovery has told where it is. */
  readonly at?: Endpoint;
  /** Only on the way to this host. */
  readonly host?: string;
}

/** The wires of one proxy, by their origins, and the faults on all of them. */
export interface Wires extends AsyncDisposable {
  readonly faults: Standing<ProxyPlaceOptions>;
  /** The wire to an origin, opened when it is needed first. */
  to(origin: string): Promise<Wire>;
  /** Whether a fault that closes the port stands there. */
  refuses(wire: Wire): boolean;
}

type PlacedThere = PlacedFault & Pick<ProxyPlaceOptions, 'host'>;

/** Origins that one proxy leads to at once. */
const most = 1000;

/** Faults on wires, which a proxy can have; the others are the mock IdP's. */
export const isWireFault = ({ seam }: Pick<AnyFault, 'seam'>) => seam.startsWith('link/');

export function createWires(open: (origin: string) => Promise<Wire>, random: (path: string) => Random): Wires {
  const wires = new Map<string, Promise<Wire>>();
  const placed = new Map<string, PlacedThere>();
  const removals = new Map<string, Map<Wire, Promise<() => Promise<void>>>>();

  const concerns = ({ fault, host }: PlacedThere, wire: Wire) =>
    (host === undefined || new URL(wire.origin).hostname === host.toLowerCase()) &&
    (fault.seam !== 'link/handshake' || wire.secure);

  /** Once on each wire, whoever comes first: the fault or the wire. */
  async function put(id: string, wire: Wire): Promise<void> {
    const [one, there] = [placed.get(id), removals.get(id)];
    if (!one || !there || there.has(wire) || !concerns(one, wire)) return;
    const { host, ...fault } = one;
    const putting = wire.place(fault, random(`${wire.origin}/${id}`));
    there.set(wire, putting);
    await putting;
  }

  const faults = createStanding<ProxyPlaceOptions>('this proxy', async (fault, options, id) => {
    const { schedule = { when: 'always' }, at, host } = options;
    if (!isWireFault(fault))
      throw new FailwellError(
        'usage',
        `${fault.id} changes what the mock IdP does (${fault.seam}): on a proxy only faults of the layers dns, tcp, tls, http and document can stand.`,
      );
    const remove = async () => {
      const there = removals.get(id)?.values() ?? [];
      placed.delete(id);
      removals.delete(id);
      const removing = await Promise.allSettled(there);
      await Promise.all(removing.map((one) => one.status === 'fulfilled' && one.value()));
    };
    placed.set(id, { fault, on: link, schedule, ...(at && { at }), ...(host !== undefined && { host }) });
    removals.set(id, new Map());
    try {
      for (const wire of await Promise.all(wires.values())) await put(id, wire);
    } catch (problem) {
      await remove();
      throw problem;
    }
    return remove;
  });

  async function opened(origin: string): Promise<Wire> {
    const wire = await open(origin);
    // What stood before it.
    for (const id of [...placed.keys()]) await put(id, wire);
    return wire;
  }

  return {
    faults,
    to(origin) {
      const known = wires.get(origin);
      if (known) return known;
      if (wires.size >= most)
        throw new FailwellError('usage', `This proxy leads to ${most} origins: start another one.`);
      const wire = opened(origin);
      wires.set(origin, wire);
      wire.catch(() => wires.delete(origin));
      return wire;
    },
    refuses: (wire) =>
      [...placed.entries()].some(
        ([id, one]) =>
          one.fault.seam === 'link/connection' &&
          concerns(one, wire) &&
          one.fault.apply({ how: 'accept' }, random(`${wire.origin}/${id}`)).how === 'refuse',
      ),
    async [Symbol.asyncDispose]() {
      await faults.clear();
      const all = await Promise.allSettled(wires.values());
      await Promise.all(all.map((one) => one.status === 'fulfilled' && one.value[Symbol.asyncDispose]()));
    },
  };
}
