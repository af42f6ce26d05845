import { Agent, request as send } from 'undici';
import { afterAll, expect, test } from 'vitest';
import type { AnyFault } from '../../harness/model/fault.ts';
import { seeded } from '../../harness/random.ts';
import { createClock, systemClock } from '../../mocks/clock/clock.ts';
import { idpFaults } from '../../mocks/faults/idp/all.ts';
import { tokenFaults } from '../../mocks/faults/token/all.ts';
import { createIdp, type Idp } from '../../mocks/idp/idp.ts';
import { openLink } from '../../mocks/links/link.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import { basic, gateway, paths, post, read, start, world } from './idp-fixtures.ts';

const authority = await createAuthority({ clock: systemClock });
const tls = await authority.issue({ hosts: ['127.0.0.1'] });
const dispatcher = new Agent({ connect: { ca: authority.caPem } });
afterAll(() => dispatcher.close());

/** So many of them, spread over all. */
const spread = <F extends AnyFault>(all: readonly F[], count: number): readonly F[] =>
  Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)] as F);

const always = (fault: AnyFault) => ({ fault, on: 'idp', schedule: { when: 'always' } }) as const;

/** An IdP behind a port of its own, with this one fault, and the faults that its link was told of. */
async function served(fault: AnyFault) {
  let idp: Idp | undefined;
  const met = new Set<string>();
  const link = await openLink({
    name: 'client→idp',
    listen: true,
    tls,
    origin: { handle: async (request) => (idp as Idp).handle(request) },
    observe({ faults }) {
      for (const id of faults) met.add(id);
    },
    now: () => performance.now(),
  });
  idp = await createIdp({
    issuer: `${link.url}/tenant`,
    audience: 'https://api.example',
    scope: 'items:read',
    clock: createClock({ base: { now: () => start } }),
    random: seeded(1, 'isolation'),
    clients: [gateway],
    attackerUrl: 'https://127.0.0.1:9443/jwks',
  });
  idp.place(always(fault), seeded(2, fault.id));
  return { idp, met, url: link.url, [Symbol.asyncDispose]: () => link[Symbol.asyncDispose]() };
}

const onTheWay: readonly string[] = ['metadata', 'jwks', 'token-answer', 'introspection-answer', 'clock'];

/** What a client is told on a journey that touches every document; the port, which differs, is left out. */
async function journey({ idp, url }: { readonly idp: Idp; readonly url: string }): Promise<readonly string[]> {
  const told: string[] = [];
  const ask = async (to: string, form?: { readonly [name: string]: string }) => {
    const headers = { authorization: basic(gateway), 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams(form).toString();
    const answer = await send(to, { dispatcher, ...(form && { method: 'POST', headers, body }) });
    const text = (await answer.body.text()).replaceAll(new URL(url).host, 'idp');
    // Of a JWT only its length is told apart: its issuer holds the port.
    told.push(`${answer.statusCode} ${text.replaceAll(/eyJ[\w.-]+/g, 'a JWT')}`);
    return text;
  };
  const { discovery, jwks, token, introspection } = idp.endpoints;
  await ask(discovery);
  await ask(jwks);
  const jwt = /"access_token":"([^"]+)"/.exec(await ask(token, { grant_type: 'client_credentials' }))?.[1];
  await ask(introspection, { token: await idp.mint({ format: 'opaque', flaws: [] }) });
  await ask(introspection, { token: jwt ?? 'none' });
  return told;
}

test('fifty scenarios with fifty faults side by side see each its own, and nothing of the others', async () => {
  const chosen: AnyFault[] = [];
  const alone: (readonly string[])[] = [];
  // Those that are met on this journey, spread over the whole catalogue.
  for (const fault of spread(
    idpFaults.filter(({ seam }) => onTheWay.includes(seam)),
    100,
  )) {
    await using it = await served(fault);
    const told = await journey(it);
    if (!it.met.has(fault.id) || chosen.length === 50) continue;
    chosen.push(fault);
    alone.push(told);
  }
  expect(chosen.length).toBe(50);
  await using all = new AsyncDisposableStack();
  const opened = await Promise.all(chosen.map(async (fault) => all.use(await served(fault))));
  const together = await Promise.all(opened.map(journey));
  for (const [at, fault] of chosen.entries()) {
    expect([fault.id, together[at]]).toEqual([fault.id, alone[at]]);
    expect([...(opened[at]?.met ?? [])]).toEqual([fault.id]);
  }
}, 120_000);

test('fifty clients of one issuer, each with a fault of its own, are each served with that fault only', async () => {
  const chosen = spread(tokenFaults, 50);
  const clients = chosen.map((_, at) => ({ id: `client-${at}`, secret: `secret ${at}` }));
  const { idp } = await world({ clients: clients as unknown as [typeof gateway, ...(typeof gateway)[]] });
  for (const [at, fault] of chosen.entries())
    idp.place({ ...always(fault), only: { client: `client-${at}` } }, seeded(3, fault.id));
  const answers = await Promise.all(
    clients.map((client) =>
      idp.handle(post(paths.token, { grant_type: 'client_credentials' }, { authorization: basic(client) })),
    ),
  );
  expect(answers.map(({ faults }) => faults)).toEqual(chosen.map(({ id }) => [id]));
  expect(new Set(answers.map((answer) => read(answer).access_token)).size).toBe(50);
});
