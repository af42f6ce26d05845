import { isDeepStrictEqual } from 'node:util';
import { Pool } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startIdp } from '../../harness/idp.ts';
import type { PlacedFault } from '../../harness/model/fault.ts';
import type { Endpoint } from '../../harness/model/parties.ts';
import { type RunningProxy, startProxy } from '../../harness/proxy.ts';
import { scenarios } from '../../scenarios/index.ts';
import { tlsRows } from '../mocks/links-expected-tls.ts';
import { openRealOp, secret } from './real-op.ts';

/*
 * Whatever a built-in scenario breaks on a wire to the IdP is broken in front of a real OP as in front of the mock IdP:
 * the same fault at the same endpoint on the same schedule, and the same comes of the same request.
 */
const wanted = scenarios.flatMap(({ faults }) =>
  faults.filter(({ fault, on }) => fault.seam.startsWith('link/') && /^(client|gateway|browser)→idp$/.test(on)),
);
const nameOf = ({ fault, at, schedule }: PlacedFault) =>
  `${fault.id}${at === undefined ? '' : ` @${at}`}${schedule.when === 'always' ? '' : ` ${schedule.when}`}`;
const placements = new Map(wanted.map((placed) => [nameOf(placed), placed]));

interface Before extends AsyncDisposable {
  readonly proxy: RunningProxy;
  readonly basic: string;
  /** The paths of its endpoints, as it tells them. */
  paths(): Promise<{ readonly [endpoint: string]: string }>;
}
const before: Before[] = [];

async function standing(basic: string, opened: AsyncDisposable & { readonly proxy: RunningProxy }): Promise<Before> {
  const { proxy } = opened;
  return {
    proxy,
    basic: `Basic ${Buffer.from(basic).toString('base64')}`,
    async paths() {
      const { document } = await ask({ proxy }, { method: 'GET', path: discovery });
      const path = (member: string) => new URL(String(document?.[member])).pathname;
      return {
        discovery,
        jwks: path('jwks_uri'),
        token: path('token_endpoint'),
        introspection: path('introspection_endpoint'),
        userinfo: path('userinfo_endpoint'),
      };
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}
const origin = 'https://app.example';
const discovery = '/.well-known/openid-configuration';

beforeAll(async () => {
  const idp = await startIdp({ seed: 1 });
  const proxy = await startProxy({ to: idp.url, tls: true, host: '127.0.0.1', seed: 1 });
  const mock = {
    proxy,
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await idp[Symbol.asyncDispose]();
    },
  };
  before.push(await standing('web:web-secret', mock), await standing(`app:${secret}`, await openRealOp()));
});
afterAll(async () => {
  for (const one of before) await one[Symbol.asyncDispose]();
});

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** What a client gets on a connection of its own that waits so many milliseconds. */
async function ask({ proxy }: Pick<Before, 'proxy'>, asked: Asked, patience = 30_000) {
  const pool = new Pool(proxy.url, { connect: { ca: proxy.ca!.pem } });
  try {
    const deadline = AbortSignal.timeout(patience);
    const late = new Promise<never>((_, reject) => deadline.addEventListener('abort', () => reject(deadline.reason)));
    const { statusCode, headers, body } = await Promise.race([
      pool.request({ ...asked, signal: deadline } as never),
      late,
    ]);
    const text = Buffer.from(await body.arrayBuffer()).toString('latin1');
    return { status: statusCode, headers: without(headers), text, document: parsed(text) };
  } catch (problem) {
    const { code, name } = problem as NodeJS.ErrnoException;
    return { code: name === 'TimeoutError' ? 'TIMEOUT' : typeof code === 'string' ? code : name };
  } finally {
    await pool.destroy();
  }
}

/** Without what differs from answer to answer. */
function without({
  date: _,
  'keep-alive': __,
  ...headers
}: {
  readonly [name: string]: string | string[] | undefined;
}) {
  return headers;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The right request for what is broken: CORS is asked for from a page of another origin. */
async function requestFor({ fault, at = 'discovery' }: PlacedFault, one: Before): Promise<Asked> {
  const { basic, paths } = one;
  const path = (await paths())[at as Endpoint] as string;
  const asking = fault.id.startsWith('http/cors-') ? { Origin: origin } : {};
  if (/cors-(headers-missing|preflight-refused)$/.test(fault.id))
    return {
      method: 'OPTIONS',
      path,
      headers: {
        ...asking,
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'authorization',
      },
    };
  const form = { token: 'grant_type=client_credentials', introspection: 'token=unknown' }[at as string];
  if (form !== undefined)
    return {
      method: 'POST',
      path,
      headers: { ...asking, Authorization: basic, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: form,
    };
  return { method: 'GET', path, headers: { ...asking, ...(at === 'userinfo' && { Authorization: 'Bearer unknown' }) } };
}

/** How what met the fault ended, as the proxy tells; a lookup and the request that needed it are two. */
async function told({ proxy }: Before, met: string) {
  const faulty = () => proxy.history().exchanges.filter(({ faults }) => faults.includes(met));
  await expect.poll(() => faulty().length, { message: 'the fault is met' }).toBeGreaterThan(0);
  return [...new Set(faulty().map(({ end }) => end))];
}

/** What it comes to, without what the two IdPs word differently. */
async function outcome(one: Before, placed: PlacedFault) {
  const { fault, at, schedule } = placed;
  const asked = await requestFor(placed, one);
  const well = await ask(one, asked);
  expect(well.code).toBeUndefined();
  one.proxy.clearHistory();
  let broken: Awaited<ReturnType<typeof ask>>;
  {
    await using _ = await one.proxy.place(fault.id, { schedule, ...(at !== undefined && { at }) });
    broken = await ask(one, asked, /hang|stall|slow|drip/.test(fault.id) ? 1_500 : undefined);
  }
  // A closed port sees nobody.
  const ends = fault.id === 'tcp/refused' ? [] : await told(one, fault.id);
  // Some broken handshakes are none to this client.
  const minds = tlsRows[fault.id] === undefined || tlsRows[fault.id]?.undici instanceof RegExp;
  expect(isDeepStrictEqual(broken, well)).toBe(!minds);
  expect((await ask(one, asked)).status).toBe(well.status);
  const { code, status, headers, document } = broken;
  return {
    code,
    ends,
    status: status === well.status ? 'as it was' : status,
    readable: document !== undefined,
    // One lets everybody in, the other the origin that asks.
    cors: fault.id.startsWith('http/cors-') && String(headers?.['access-control-allow-origin']).replaceAll(origin, '*'),
  };
}

test('scenarios break much on the wires to an IdP', () => {
  expect(placements.size).toBeGreaterThan(80);
});

test.each([...placements])('%s is the same in front of the mock IdP and of oidc-provider', async (_, placed) => {
  const [mock, real] = before as [Before, Before];
  expect(await outcome(real, placed)).toEqual(await outcome(mock, placed));
});
