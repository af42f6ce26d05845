import { isIPv4, isIPv6 } from 'node:net';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { FailwellError } from '../../harness/model/error.ts';
import type { FaultId, PlacedFault, Random } from '../../harness/model/fault.ts';
import type { NamePlan } from '../../harness/model/name.ts';
import type { Link } from '../../harness/model/parties.ts';
import { createBoard, type Placement } from '../links/board.ts';

/** A name that resolves. */
export interface Name {
  /** Without a dot at the end; case does not count. */
  readonly name: string;
  /** IPv4 and IPv6; a function is asked at each question, and says nothing of a name that does not resolve. */
  readonly addresses: readonly string[] | (() => Promise<readonly string[]>);
  /** The link that somebody opens who resolves it: faults placed there concern this name. */
  readonly link: Link;
}

/** A question, and what came of it. */
export interface SeenQuestion {
  /** Monotonic milliseconds. */
  readonly askedAt: number;
  readonly name: string;
  /** `A`, `AAAA`, `A and AAAA` for a lookup that takes either, or `TYPE…`. */
  readonly type: string;
  readonly over: 'udp' | 'tcp' | 'lookup';
  /** Absent for a name that nobody told of. */
  readonly link?: Link;
  /** Absent when there never is one. */
  readonly answer?: NamePlan;
  /** The faults that acted. */
  readonly faults: readonly FaultId[];
}

export interface NamesOptions {
  readonly names: readonly Name[];
  /** Told of each question when it has been answered, or when it is known that it never is. Must not throw. */
  observe(seen: SeenQuestion): void;
  /** Monotonic milliseconds. */
  now(): number;
}

/** Names and the faults on them, however they are asked for. */
export interface Names {
  /** From now on this name resolves, too. Throws a `FailwellError` (`usage`) for what is no IP address. */
  know(name: Name): void;
  /** `undefined`, once the fault is cleared, for a question that is never answered. */
  ask(question: Pick<SeenQuestion, 'name' | 'type' | 'over'>): Promise<NamePlan | undefined>;
  /** As on a link. Rejects with a `FailwellError` for a fault that cannot stand here. */
  place(placed: PlacedFault, random: Random): Promise<() => Promise<void>>;
  clear(): Promise<void>;
}

export function createNames({ names, observe, now }: NamesOptions): Names {
  const known = new Map<string, Name>();
  const board = createBoard(() => 'other', now);
  const know = (name: Name) => {
    const { addresses } = name;
    const wrong =
      typeof addresses === 'function'
        ? undefined
        : addresses.find((address) => !isIPv4(address) && (!isIPv6(address) || address.includes('%')));
    if (wrong !== undefined)
      throw new FailwellError('usage', `The name ${name.name} cannot resolve to '${wrong}': give it an IP address.`);
    known.set(name.name.toLowerCase(), name);
  };
  names.forEach(know);

  return {
    know,
    async ask({ name, type, over }) {
      const askedAt = now();
      const acted: Placement[] = [];
      const key = name.toLowerCase();
      const entry = known.get(key);
      const addresses = typeof entry?.addresses === 'function' ? await entry.addresses() : (entry?.addresses ?? []);
      const planned = board.change('link/name', correct(entry, addresses, type), acted, key);
      const tell = (answer?: NamePlan) => {
        const seen = { askedAt, name, type, over, faults: acted.map(({ fault }) => fault.id) };
        observe({ ...seen, ...(entry && { link: entry.link }), ...(answer && { answer }) });
      };
      const signal = AbortSignal.any(acted.map(({ cleared }) => cleared));
      if (planned.delay === Number.POSITIVE_INFINITY) {
        tell();
        await aborted(signal);
        return undefined;
      }
      // Cleared: it goes out at once.
      if (planned.delay > 0) await pause(planned.delay, undefined, { signal }).catch(() => undefined);
      tell(planned);
      return planned;
    },
    async place(placed, random) {
      const { fault, on, at } = placed;
      if (fault.seam !== 'link/name') throw misplaced(placed, `acts on '${fault.seam}', which no name server has`);
      if (![...known.values()].some(({ link }) => link === on))
        throw misplaced(placed, `is for ${on}, to which no name leads`);
      if (at !== undefined) throw misplaced(placed, 'is met before there is a request, so it concerns no endpoint');
      const standing = board.add(placed, random, (name) => known.get(name)?.link === on);
      return async () => {
        standing.remove();
        // What the fault held up is answered before this resolves.
        await turn();
      };
    },
    async clear() {
      board.clear();
      await turn();
    },
  };
}

function correct(entry: Name | undefined, all: readonly string[], type: string): NamePlan {
  const addresses = all.filter((address) =>
    type === 'A' ? isIPv4(address) : type === 'AAAA' ? isIPv6(address) : type === 'A and AAAA',
  );
  return { code: entry ? 'NOERROR' : 'NXDOMAIN', addresses, ttl: 0, delay: 0 };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function misplaced({ fault }: PlacedFault, why: string): FailwellError {
  return new FailwellError('harness', `the fault ${fault.id} cannot stand here: it ${why}`);
}
