import { type Figure, median } from './figures.ts';
import { type Child, startChild } from './idp/child.ts';
import { jwksLoad, tokenLoad } from './idp/client.ts';
import type { Load, Loaded } from './idp/load.ts';
import type { AskedOfServer, Places, Used } from './idp/serving.ts';

/** The servers that take turns: what each is called, and how it is started for an algorithm. */
const servers = {
  failwell: ['servers/failwell.ts'],
  'oauth2-mock-server': ['servers/oauth2-mock-server.ts'],
  'oidc-provider': ['servers/oidc-provider.ts'],
  'bare node:http + jose': ['servers/floor.ts', 'jose'],
  'bare node:http + node:crypto': ['servers/floor.ts', 'crypto'],
} as const;

type Name = keyof typeof servers;
type Algorithm = 'ES256' | 'RS256';
type Server = Child<AskedOfServer, Used, Places>;
type Sender = Child<Load, Loaded, 'ready'>;

const names = Object.keys(servers) as Name[];
const floor: Name = 'bare node:http + jose';
/** How long one server is under load before the next has its turn. Milliseconds. */
const turn = 500;
/** Requests that each server gets before: as many as it takes until V8 has compiled what is to be compiled. */
const warming = 10_000;

/**
 * Tokens by client credentials and JWK Sets, each second: the mock IdP as people run it, recording on, beside others
 * and beside the least that can be done. Each server has a process of its own, and so has the one that sends; the
 * servers take turns, and the multiples are medians of those of each round.
 */
export async function measureIdp(rounds: number): Promise<Figure[]> {
  await using sender: Sender = await startChild('load.ts');
  const figures: Figure[] = [];
  for (const alg of ['ES256', 'RS256'] as const) {
    await using open = new AsyncDisposableStack();
    const running = new Map<Name, Server>();
    for (const name of names) running.set(name, open.use(await started(name, alg)));
    const tokens = await contest(running, sender, rounds, tokenLoad, (body) => check(body, alg));
    figures.push(...lines(`tokens, ${alg}`, tokens, 0.7));
    if (alg === 'RS256') continue;
    // No signature, so the two floors are one.
    running.delete('bare node:http + node:crypto');
    figures.push(...lines('JWK Sets', await contest(running, sender, rounds, jwksLoad)));
  }
  return figures;
}

function started(name: Name, alg: Algorithm): Promise<Server> {
  const [file, ...args] = servers[name];
  return startChild(file, [alg, ...args]);
}

/** Requests a second, and the processor time that one of them took. Microseconds. */
interface Pace {
  readonly perSecond: number;
  readonly cpu: number;
}

type Paces = ReadonlyMap<Name, readonly Pace[]>;

async function contest(
  running: ReadonlyMap<Name, Server>,
  sender: Sender,
  rounds: number,
  loadOf: (places: Places) => Load,
  check: (body: string) => void = () => undefined,
): Promise<Paces> {
  const paces = new Map<Name, Pace[]>([...running.keys()].map((name) => [name, []]));
  for (const { hello } of running.values()) await sender.ask({ ...loadOf(hello), requests: warming });
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, server] of running) {
      const before = await server.ask('usage');
      const { requests, milliseconds, body } = await sender.ask({ ...loadOf(server.hello), milliseconds: turn });
      const after = await server.ask('usage');
      check(body);
      const pace = { perSecond: (requests * 1000) / milliseconds, cpu: ((after.cpu - before.cpu) * 1000) / requests };
      paces.get(name)?.push(pace);
    }
  }
  return paces;
}

/** @param ofFloor what share of the floor's pace is wanted */
function lines(what: string, paces: Paces, ofFloor?: number): Figure[] {
  const own = paces.get('failwell') ?? [];
  const middle = (name: Name, measure: (pace: Pace) => number) => median((paces.get(name) ?? []).map(measure));
  const times = (other: Name, measure: (pace: Pace) => number) =>
    median((paces.get(other) ?? []).map((pace, round) => measure(own[round] as Pace) / measure(pace)));
  const multiple = (other: Name): Figure => {
    const atLeast = other === floor ? ofFloor : other.startsWith('bare') ? undefined : 1;
    return {
      name: `  times ${other}`,
      value: times(other, ({ perSecond }) => perSecond),
      unit: '×',
      ...(atLeast !== undefined && { atLeast }),
      note: `${times(other, ({ cpu }) => cpu).toFixed(2)} × its processor time`,
    };
  };
  const all = [...paces.keys()];
  return [
    ...all.map((name): Figure => {
      const note = `${middle(name, ({ cpu }) => cpu).toFixed(0)} µs of processor time each`;
      return { name: `${what}: ${name}`, value: middle(name, ({ perSecond }) => perSecond), unit: '/s', note };
    }),
    ...all.filter((name) => name !== 'failwell').map(multiple),
  ];
}

/** @throws unless the last answer held a JWT by this algorithm, since the work would not be the same */
function check(body: string, alg: Algorithm): void {
  const [, header = ''] = /"access_token":"([^."]+)\.[^."]+\.[^."]+"/.exec(body) ?? [];
  if (JSON.parse(Buffer.from(header, 'base64url').toString() || '{}').alg === alg) return;
  throw new Error(`an answer has no token signed with ${alg}: ${body}`);
}
