import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Target } from '../../harness/model/target.ts';
import { milliseconds } from '../../harness/model/time.ts';
import { type Flaw, nowhere, openStand, send, startTarget } from './stand.ts';

const root = fileURLToPath(new URL('../../targets/', import.meta.url));
const all = globSync('node/*/target.ts', { cwd: root }).toSorted();
const roles = await Promise.all(
  all.map(async (file) => (await import(`${root}${file}`)).default.role as Target['role']),
);
/** This file sends tokens to gateways; those of other roles are driven by their stages. */
const files = all.filter((_, index) => roles[index] === 'gateway');
const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;

const flaws: Record<string, Flaw> = {
  expired: { payload: { iat: ago(4_000), exp: ago(600) } },
  audience: { payload: { aud: 'https://other.example.com' } },
  issuer: { payload: { iss: 'https://evil.example.com' } },
  signature: { text: (token) => `${token.slice(0, -20)}${'A'.repeat(20)}` },
  kid: { header: { kid: 'nobody-knows' } },
  none: { header: { alg: 'none' }, text: (token) => token.replace(/[^.]*$/, '') },
};

test('every gateway of the issue is there', () => {
  const names = files.map((file) => dirname(file).replace('node/', ''));
  expect(names).toEqual([
    'aws-jwt-verify',
    'express-jwt',
    'express-oauth2-jwt-bearer',
    'fastify-jwt',
    'hono',
    'koa-jwt',
    'passport-jwt',
  ]);
});

describe.each(files)('%s', (file) => {
  let target: Target;
  let stand: Awaited<ReturnType<typeof openStand>>;
  let started: Awaited<ReturnType<typeof startTarget>>;

  beforeAll(async () => {
    target = (await import(`${root}${file}`)).default;
    stand = await openStand();
    started = await startTarget(target, stand.wiring);
  });
  afterAll(async () => {
    await started?.[Symbol.asyncDispose]();
    await stand?.[Symbol.asyncDispose]();
  });

  const status = async (path: string, token?: string) => {
    const answer = await send(started.url + path, token === undefined ? {} : { authorization: `Bearer ${token}` });
    return Number(answer.split(' ')[1]);
  };

  test('says what it is and where its times come from', () => {
    expect(target.id).toBe(dirname(file));
    expect(target.role).toBe('gateway');
    for (const { value, source } of Object.values(target.declares)) {
      expect(milliseconds(value)).toBeGreaterThanOrEqual(0);
      expect(source).toMatch(/^[@\w/-]+@\d+\.\d+\.\d+\/\S+/);
    }
  });

  test('lets a good token through to the API, and logs the path', async () => {
    expect(await status('/items/good?x=1', stand.mint())).toBe(200);
    expect(stand.served).toContain('/items/good?x=1');
    await vi.waitFor(() => expect(started.lines.join('\n')).toMatch(/\/items\/good.* 200|"statusCode":200/));
  });

  test('takes ES256 tokens if it says so', async () => {
    const taken = await status('/items/es256', stand.mint({ header: { alg: 'ES256', kid: 'ec-1' } }));
    expect(taken === 200).toBe(target.capabilities.includes('es256'));
  });

  test('needs a kid if it says so', async () => {
    const taken = await status('/items/no-kid', stand.mint({ header: { kid: undefined } }));
    expect(taken === 200).toBe(!target.capabilities.includes('kid-required'));
  });

  test('checks the scope if it says so', async () => {
    const taken = await status('/items/scope', stand.mint({ payload: { scope: 'other' } }));
    expect(taken === 200).toBe(!target.capabilities.includes('scope'));
  });

  test('checks the type if it says so', async () => {
    const taken = await status('/items/typ', stand.mint({ header: { typ: 'JWT' } }));
    expect(taken === 200).toBe(!target.capabilities.includes('typ'));
  });

  test('takes a token in the query if it says so', async () => {
    const taken = await status(`/items/query?access_token=${stand.mint()}`);
    expect(taken === 200).toBe(target.capabilities.includes('token-in-query'));
  });

  test.each(Object.keys(flaws))('refuses a token with a bad %s, and logs the path', async (flaw) => {
    const path = `/items/bad-${flaw}`;
    expect(await status(path, stand.mint(flaws[flaw]))).toBeGreaterThanOrEqual(400);
    expect(stand.served).not.toContain(path);
    await vi.waitFor(() => expect(started.lines.join('\n')).toContain(path));
  });

  test('refuses a request without a token', async () => {
    expect(await status('/items/none')).toBeGreaterThanOrEqual(400);
    expect(stand.served).not.toContain('/items/none');
  });

  test('answers 502 and names the hop when the API is down', async () => {
    const api = await nowhere();
    await using cut = await startTarget(target, { ...stand.wiring, api });
    const answer = await send(`${cut.url}/items/down`, { authorization: `Bearer ${stand.mint()}` });
    expect(answer).toMatch(/^HTTP\/1.1 502 /);
    await vi.waitFor(() => expect(cut.lines.join('\n')).toMatch(`/items/down: upstream ${api} failed: `));
    expect(cut.lines.join('\n')).toContain('ECONNREFUSED');
  });

  test('starts while the issuer is down, and refuses', async () => {
    const issuer = await nowhere();
    const wiring = { ...stand.wiring, issuer, jwksUri: `${issuer}/jwks` };
    await using cut = await startTarget(target, wiring);
    const token = stand.mint({ payload: { iss: issuer } });
    const answer = await send(`${cut.url}/items/cold`, { authorization: `Bearer ${token}` });
    expect(Number(answer.split(' ')[1])).toBeGreaterThanOrEqual(400);
    expect(stand.served).not.toContain('/items/cold');
  });
});
