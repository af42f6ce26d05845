import { type Figure, median } from './figures.ts';
import { type Child, startChild } from './idp/child.ts';
import type { Load, Loaded } from './idp/load.ts';
import { type AskedOfServer, type Places, type Used, work } from './idp/serving.ts';

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

const names = Object.keys(servers) as Name[];
const floor: Name = 'bare node:http + jose';
/** Kept-alive connections, each with one request at a time. */
const connections = 16;
/** How long one server is under load before the next has its turn. Milliseconds. */
const turn = 500;

/**
 * Tokens by client credentials and JWK Sets, each second: the mock IdP as people run it, recording on, beside others
 * and beside the least that can be done. Each server has a process of its own, and so has the one that sends; the
 * servers take turns, and the multiples are medians of those of each round.
 */
export async function measureIdp(rounds: number): Promise<Figure[]> {
  await using sender = await startChild<Load, Loaded, 'ready'>('load.ts');
  const figures: Figure[] = [];
  for (const alg of ['ES256', 'RS256'] as const) {
    await using open = new AsyncDisposableStack();
    const children = new Map<Name, Server>();
    for (const name of names) children.set(name, open.use(await started(name, alg)));
    figures.push(...(await contest(`tokens, ${alg}`, rounds, children, sender, tokenLoad, (body) => check(body, alg))));
    if (alg === 'RS256') continue;
    figures.push(...(await contest('JWK Sets', rounds, children, sender, jwksLoad)));
  }
  return figures;
}

const started = (name: Name, alg: Algorithm): Promise<Server> => {
  const [file, ...args] = servers[name];
  return startChild(file, [alg, ...args]);
};

/** Requests a second, and the processor time that one of them took. Milliseconds. */
interface Pace {
  readonly perSecond: number;
  readonly cpu: number;
}

async function contest(
  what: string,
  rounds: number,
  children: ReadonlyMap<Name, Server>,
  sender: Child<Load, Loaded, 'ready'>,
  loadOf: (places: Places) => Load,
  check: (body: string) => void = () => undefined,
): Promise<Figure[]> {
  const paces = new Map<Name, Pace[]>(names.map((name) => [name, []]));
  // The first two rounds warm everybody up.
  for (let round = -2; round < rounds; round += 1) {
    for (const [name, server] of children) {
      const before = await server.ask('usage');
      const { requests, milliseconds, body } = await sender.ask({ ...loadOf(server.hello), milliseconds: turn });
      const after = await server.ask('usage');
      check(body);
      if (round < 0) continue;
      paces.get(name)?.push({ perSecond: requests / (milliseconds / 1000), cpu: (after.cpu - before.cpu) / requests });
    }
  }
  const of = (name: Name) => paces.get(name) as Pace[];
  const times = (other: Name) => median(of('failwell').map(({ perSecond }, at) => perSecond / of(other)[at]!.perSecond));
  const figures = names.map((name): Figure => {
    const cpu = (median(of(name).map(({ cpu }) => cpu)) * 1000).toFixed(0);
    const value = median(of(name).map(({ perSecond }) => perSecond));
    return { name: `${what}: ${name}`, value, unit: '/s', note: `${cpu} µs of processor time each` };
  });
  const multiple = (other: Name, wanted: Partial<Figure>): Figure => ({
    name: `  failwell against ${other}`,
    value: times(other),
    unit: '×',
    ...wanted,
  });
  return [
    ...figures,
    multiple(floor, what.startsWith('tokens') ? { atLeast: 0.7 } : {}),
    multiple('bare node:http + node:crypto', {}),
    multiple('oauth2-mock-server', { atLeast: 1 }),
    multiple('oidc-provider', { atLeast: 1 }),
  ];
}

const basic = Buffer.from(`${work.client.id}:${work.client.secret}`).toString('base64');

const tokenLoad = ({ token }: Places): Load => ({
  url: token,
  method: 'POST',
  headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
  body: 'grant_type=client_credentials',
  connections,
});

const jwksLoad = ({ jwks }: Places): Load => ({ url: jwks, method: 'GET', headers: {}, body: '', connections });

/** @throws unless the last answer held a JWT by this algorithm, since the work would not be the same */
function check(body: string, alg: Algorithm): void {
  const [, header = ''] = /"access_token":"([^."]+)\.[^."]+\.[^."]+"/.exec(body) ?? [];
  if (JSON.parse(Buffer.from(header, 'base64url').toString() || '{}').alg === alg) return;
  throw new Error(`an answer has no token signed with ${alg}: ${body}`);
}
