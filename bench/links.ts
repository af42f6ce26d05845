import { type Figure, median } from './figures.ts';
import { type Child, startChild } from './idp/child.ts';
import type { Load, Loaded } from './idp/load.ts';
import type { AskedOfServer, Used } from './idp/serving.ts';
import { startToxiproxy } from './links/toxiproxy.ts';

/** Where a proxy, or what stands behind it, answers. */
export interface Place {
  readonly url: string;
}
type Server = Child<AskedOfServer, Used, Place>;
type Sender = Child<Load, Loaded, 'ready'>;

/** A way to the server behind. `used` is absent where nobody tells. */
interface Way {
  readonly url: string;
  readonly used?: () => Promise<Used>;
}

/** How long one of them is under load before the next has its turn. Milliseconds. */
const turn = 500;
/** Requests that each gets before: as many as it takes until V8 has compiled what is to be compiled. */
const warming = 5_000;

/** What a turn came to: requests a second, processor time and the median time of one alone. Microseconds. */
interface Pace {
  readonly perSecond: number;
  readonly cpu: number;
  readonly alone: number;
}

/**
 * A document of a kilobyte through a link without a fault, recording on, beside mockttp's forward, a bare node:http proxy
 * and toxiproxy, and without anything between. Each has a process of its own, and so have the one that sends and the one
 * that answers; they take turns, and the multiples are medians of those of each round.
 */
export async function measureLinks(rounds: number): Promise<Figure[]> {
  await using open = new AsyncDisposableStack();
  const sender: Sender = open.use(await startChild('load.ts'));
  const origin: Server = open.use(await startChild('../links/servers/origin.ts'));
  const { url } = origin.hello;
  const ways = new Map<string, Way>([['direct', { url }]]);
  for (const name of ['failwell', 'mockttp', 'bare']) {
    const server: Server = open.use(await startChild(`../links/servers/${name}.ts`, [url]));
    ways.set(name, { url: server.hello.url, used: () => server.ask('usage') });
  }
  const toxiproxy = await startToxiproxy(url);
  if (typeof toxiproxy === 'string') console.error(`toxiproxy is left out: ${toxiproxy}`);
  else ways.set('toxiproxy', open.use(toxiproxy));

  const load = (way: Way, connections: number): Load => ({
    url: `${way.url}/.well-known/openid-configuration`,
    method: 'GET',
    headers: {},
    body: '',
    connections,
  });
  const paces = new Map<string, Pace[]>();
  for (const way of ways.values()) await sender.ask({ ...load(way, 16), requests: warming });
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, way] of ways) {
      const before = await way.used?.();
      const { requests, milliseconds } = await sender.ask({ ...load(way, 16), milliseconds: turn });
      const after = await way.used?.();
      const cpu = before && after ? ((after.cpu - before.cpu) * 1000) / requests : Number.NaN;
      const { median: alone } = await sender.ask({ ...load(way, 1), milliseconds: turn });
      const pace = { perSecond: (requests * 1000) / milliseconds, cpu, alone: alone * 1000 };
      paces.set(name, [...(paces.get(name) ?? []), pace]);
    }
  }
  return lines(paces);
}

function lines(paces: ReadonlyMap<string, readonly Pace[]>): Figure[] {
  const of = (name: string) => paces.get(name) ?? [];
  const middle = (name: string, measure: (pace: Pace) => number) => median(of(name).map(measure));
  const perRound = (other: string, ratio: (own: Pace, other: Pace, direct: Pace) => number) =>
    median(of(other).map((pace, n) => ratio(of('failwell')[n] as Pace, pace, of('direct')[n] as Pace)));
  const times = (other: string, atLeast?: number): Figure => ({
    name: `  times ${other}`,
    value: perRound(other, (own, theirs) => own.perSecond / theirs.perSecond),
    unit: '×',
    ...(atLeast !== undefined && { atLeast }),
    ...(other !== 'toxiproxy' && {
      note: `${perRound(other, (own, theirs) => own.cpu / theirs.cpu).toFixed(2)} × its processor time`,
    }),
  });
  const added = (name: string) => perRound(name, (_, one, direct) => one.alone - direct.alone);
  const toxiproxy = paces.has('toxiproxy');
  return [
    ...[...paces.keys()].map((name): Figure => {
      const cpu = middle(name, (pace) => pace.cpu);
      const note = Number.isNaN(cpu) ? {} : { note: `${cpu.toFixed(0)} µs of processor time each` };
      return { name: `exchanges: ${name}`, value: middle(name, ({ perSecond }) => perSecond), unit: '/s', ...note };
    }),
    times('mockttp', 3),
    times('bare'),
    ...(toxiproxy ? [times('toxiproxy')] : []),
    {
      name: 'added median latency, times that of bare',
      value: perRound('bare', (own, bare, direct) => (own.alone - direct.alone) / (bare.alone - direct.alone)),
      unit: '×',
      limit: 1.5,
      note: ['failwell', 'bare', 'mockttp', ...(toxiproxy ? ['toxiproxy'] : [])]
        .map((name) => `${name} ${added(name).toFixed(0)} µs`)
        .join(', '),
    },
  ];
}
