import type { AnyFault, PlacedFault, Random } from '../../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../../harness/model/http.ts';
import type { Json } from '../../../harness/model/json.ts';
import type { Endpoint } from '../../../harness/model/parties.ts';
import { seeded } from '../../../harness/random.ts';
import type { Idp, IdpOptions } from '../../../mocks/idp/idp.ts';
import type { Keys } from '../forge-fixtures.ts';
import { type World, world } from '../idp-fixtures.ts';
import { partsOf, type Seen } from './seen.ts';

/** What somebody does with an IdP, request by request; what the IdP itself sends is seen under `heard`. */
export interface Journey {
  readonly options?: Partial<IdpOptions>;
  /** The fault acts at this endpoint only; everywhere when absent. */
  readonly at?: Endpoint;
  walk(traveller: Traveller): Promise<void>;
  /** What whoever the IdP asks answers, to each request in turn, the last to all others; an empty 200 when absent. */
  readonly hears?: readonly string[];
}

export interface Traveller extends World {
  /** Sends a request; everything in its answer is seen under this name. */
  send(name: string, request: HttpRequest): Promise<HttpAnswer>;
}

export interface Travelled {
  readonly seen: Seen;
  /** What the IdP rolled its dice for: it means nothing. */
  readonly rolled: ReadonlySet<string>;
  /** Faults that the answers say have changed them. */
  readonly met: ReadonlySet<string>;
}

/** Walks a journey in a world of its own, the same each time but for the fault. */
export async function travel({ options, at, walk, hears = [] }: Journey, fault?: AnyFault): Promise<Travelled> {
  const rolled = new Set<string>();
  const seen = new Map<string, Json>();
  const met = new Set<string>();
  let asked = 0;
  const see = (name: string, message: Pick<HttpAnswer, 'headers' | 'body'>) => {
    for (const [part, value] of partsOf(message, keysOf(it.idp))) seen.set(`${name}${part}`, familiar(value, it.idp));
  };
  const it: World = await world({
    ...options,
    random: noting(rolled, seeded(1, 'journey')),
    async call(request) {
      see('heard', request);
      for (const how of ['patience', 'tries', 'certificate'] as const) seen.set(`heard(${how})`, request[how]);
      const body = hears[Math.min(asked, hears.length - 1)] ?? '';
      asked += 1;
      return { status: 200, body: Buffer.from(body) };
    },
  });
  if (fault) {
    const placed: PlacedFault = { fault: untouching(fault), on: 'idp', schedule: { when: 'always' } };
    it.idp.place({ ...placed, ...(at && { at }) }, seeded(5, 'fault'));
  }
  const send: Traveller['send'] = async (name, request) => {
    const answer = await it.idp.handle(request);
    see(name, answer);
    for (const id of answer.faults) met.add(id);
    return answer;
  };
  await walk({ ...it, send });
  return { seen, rolled, met };
}

const noting = (rolled: Set<string>, random: Random): Random => ({
  ...random,
  hex(bytes) {
    const text = random.hex(bytes);
    rolled.add(text);
    return text;
  },
});

/** Fails when the fault changes what it is given. */
const untouching = (fault: AnyFault) =>
  ({
    ...fault,
    apply: (value: unknown, random: never) => (fault.apply as (...all: unknown[]) => unknown)(frozen(value), random),
  }) as AnyFault;

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const { value: inner } of Object.values(Object.getOwnPropertyDescriptors(value))) frozen(inner);
  return value;
}

function keysOf({ published, foreign }: Idp): Keys {
  const of = (kty: string) => published.find(({ publicJwk }) => publicJwk.kty === kty) ?? foreign;
  return { rsa: of('RSA'), ec: of('EC'), foreign };
}

/** Key material is another one in each process: keys are called by their algorithms. */
function familiar(value: Json, { published, foreign }: Idp): Json {
  const names = new Map<unknown, string>();
  for (const { kid, alg, publicJwk } of [...published, { ...foreign, alg: 'foreign' }]) {
    names.set(kid, `‹kid of ${alg}›`);
    for (const part of [publicJwk.n, publicJwk.x, publicJwk.y]) names.set(part, `‹${alg} key›`);
    for (const certificate of [publicJwk.x5c ?? []].flat()) names.set(certificate, `‹${alg} certificate›`);
  }
  return JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'string' ? (names.get(part) ?? part) : part));
}
