import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Fault } from '../../harness/model/fault.ts';
import type { Target } from '../../harness/model/target.ts';
import * as flaw from '../../mocks/faults/token/index.ts';
import { correct, type Parts } from '../../targets/reference/gateway/parts.ts';
import { openStage } from './reference-stage.ts';

const folder = new URL('../../targets/mutants/', import.meta.url);
const load = async (name: string): Promise<{ parts: Parts; default: Target }> =>
  import(new URL(`${name}.ts`, folder).href);
const all = await Promise.all(
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map(async (file) => {
      const name = file.replace(/\.ts$/, '');
      const { parts, default: target }: { parts?: Parts; default: Target } = await load(name);
      return { name, parts, target };
    }),
);
const gateways = all.filter(({ target }) => target.role === 'gateway');
/** Those in this process. What is done to a process needs one of its own, with the flaw beside all the correct parts. */
const inProcess = gateways.flatMap(({ parts, ...mutant }) => (parts === undefined ? [] : [{ ...mutant, parts }]));

test('there are mutants', () => expect(inProcess.length).toBeGreaterThanOrEqual(28));

test('one without parts of its own is a process', () => {
  const others = gateways.filter(({ parts }) => parts === undefined);
  expect(new Set(others.map(({ target }) => target.driver.kind))).toEqual(new Set(['process']));
});

test.each(inProcess)('$name differs from the reference in exactly one part', ({ name, parts, target }) => {
  expect(Object.keys(parts)).toEqual(Object.keys(correct));
  const changed = Object.keys(correct).filter((part) => parts[part as keyof Parts] !== correct[part as keyof Parts]);
  expect(changed).toHaveLength(1);
  expect(target).toMatchObject({ id: `mutant/${name}`, role: 'gateway', flaw: { summary: expect.any(String) } });
  expect((target.flaw?.caughtBy.length ?? 0) > 0).toBe(name !== 'logs-late');
});

test.each(inProcess)('$name lets a good token in, so that its flaw is all that is wrong with it', async ({ parts }) => {
  await using stage = await openStage({ parts });
  for (const token of [await stage.token(), 'b3BhcXVlLXRva2Vu']) {
    expect(await stage.call({ token })).toMatchObject({ status: 200, reached: true });
  }
});

/** Takes what the reference refuses, or the other way round. */
const swayed: readonly [name: string, flaw: Fault<'access-token'>, accepts: boolean][] = [
  ['skips-exp', flaw.expired({ by: '10m' }), true],
  ['accepts-missing-exp', flaw.expiryMissing(), true],
  ['generous-leeway', flaw.expired({ by: '10m' }), true],
  ['skips-nbf', flaw.notYetValid({ by: '10m' }), true],
  ['trusts-alg-none', flaw.algorithmNone({ casing: 'lower' }), true],
  ['trusts-alg-none', flaw.algorithmNone({ casing: 'mixed' }), true],
  ['trusts-alg-none-but-lower-case', flaw.algorithmNone({ casing: 'lower' }), false],
  ['trusts-alg-none-but-lower-case', flaw.algorithmNone({ casing: 'upper' }), true],
  ['trusts-header-alg', flaw.keyConfusion({ shape: 'spki-pem' }), true],
  ['accepts-weak-secret', flaw.weakSecret({ secret: 'secret' }), true],
  ['accepts-embedded-jwk', flaw.embeddedJwk(), true],
  ['trusts-x5c', flaw.embeddedX5c(), true],
  ['skips-signature', flaw.foreignKey(), true],
  ['decodes-only', flaw.tamperedPayload(), true],
  ['decodes-only', flaw.foreignKey(), false],
  ['accepts-stripped-signature', flaw.signatureStripped(), true],
  ['psychic-ecdsa', flaw.psychicSignature(), true],
  ['ignores-issuer', flaw.issuerOther(), true],
  ['prefix-matches-issuer', flaw.issuerExtended(), true],
  ['normalises-issuer', flaw.issuerTrailingSlash(), true],
  ['ignores-audience', flaw.audienceOther(), true],
  ['substring-audience', flaw.audienceContaining(), true],
  ['optional-audience', flaw.audienceMissing(), true],
  ['first-audience-only', flaw.audienceAmongOthers(), false],
  ['ignores-crit', flaw.critUnknown(), true],
  ['ignores-typ', flaw.typeJwt(), true],
  ['case-sensitive-typ', flaw.typeFull(), false],
  ['skips-scope', flaw.scopeMissing(), true],
  ['scope-substring', flaw.scopeContaining(), true],
  ['single-scope', flaw.scopeAmongOthers(), false],
];

test.each(swayed)('%s and a token that is wrong: $1.summary', async (name, wrong, accepts) => {
  const { parts } = await load(name);
  await using stage = await openStage({ parts });
  expect((await stage.call({ token: await stage.token(wrong) })).reached).toBe(accepts);
});

test('a mutant that dies takes its connections with it and says so', async () => {
  const { parts } = await load('crashes-on-malformed');
  await using stage = await openStage({ parts });
  await expect(stage.call({ token: await stage.token(flaw.headerNotJson()) })).rejects.toThrow();
  expect(await stage.instance.exited).toMatch(/^exited with code 1/);
});

test('the canary says everything, half a second late and in order', async () => {
  const { parts } = await load('logs-late');
  await using stage = await openStage({ parts });
  const begun = performance.now();
  await stage.call({ path: '/items/first' });
  await stage.call({ path: '/items/second' });
  expect(stage.logs).toEqual([]);
  await expect.poll(() => stage.logs.length, { timeout: 3_000 }).toBe(2);
  expect(performance.now() - begun).toBeGreaterThan(490);
  expect(stage.logs.map((line) => /path=(\S+)/.exec(line)?.[1])).toEqual(['/items/first', '/items/second']);
});

test('a storm rages while the IdP fails, and ends with the fault or the gateway', async () => {
  const { parts } = await load('retries-for-ever');
  await using stage = await openStage({ parts });
  const usual = stage.idp.handle;
  stage.idp.handle = () => ({ status: 500 });
  expect((await stage.call({ token: await stage.token() })).status).toBe(503);
  await expect.poll(() => stage.idp.seen.length, { timeout: 3_000 }).toBeGreaterThan(50);
  stage.idp.handle = usual;
  const token = await stage.token();
  await expect.poll(async () => (await stage.call({ token })).status, { timeout: 3_000 }).toBe(200);
});
