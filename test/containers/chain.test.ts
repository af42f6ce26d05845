import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lexiconsFor, stagesFor } from '../../harness/compose.ts';
import { chainOf } from '../../harness/drivers/chain.ts';
import type { Entry } from '../../harness/model/history.ts';
import type { OpenStage } from '../../harness/model/stage.ts';
import { openSession } from '../../harness/run/session.ts';
import { createSurroundings, type Surroundings } from '../../harness/stage/surroundings.ts';
import { scenarios } from '../../scenarios/index.ts';
import idp from '../../targets/containers/oidc-provider/target.ts';
import client from '../../targets/node/openid-client/target.ts';
import gateway from '../../targets/reference/gateway/target.ts';
import { needing } from '../machine.ts';

const chain = chainOf({
  id: 'mine/chain',
  summary: 'openid-client in front of the reference gateway, and oidc-provider in a container',
  client,
  gateway,
  idp,
  without: ['jwt', 'jwks', 'jwks-cache', 'rfc9068', 'rs256', 'es256'],
});

describe('a chain whose IdP runs in a container', needing('engine'), () => {
  let surroundings: Surroundings;
  let openStage: OpenStage;

  beforeAll(async () => {
    surroundings = await createSurroundings();
    openStage = stagesFor(surroundings, 1);
  });
  afterAll(() => surroundings[Symbol.asyncDispose]());

  test('names its links, not its own address, and has a clock that can be off', { timeout: 600_000 }, async () => {
    await idp.driver.prepare!(() => {}, AbortSignal.timeout(500_000));
    const lexicon = lexiconsFor({ words: [] })(chain);
    await using session = openSession({ target: chain, name: 'container', openStage, lexicon, twins: new Map() });
    const scenario = scenarios.find(({ id }) => id === 'chain/clocks/idp-fast-5m')!;
    const entries: Entry[] = [];
    const { verdict } = await session.run(scenario, (entry) => entries.push(entry), AbortSignal.timeout(90_000));
    expect([verdict.value, verdict.because]).toEqual(['pass', 'it failed well']);
    const idTokens = entries.flatMap((entry) =>
      entry.kind === 'token' && entry.ref.startsWith('id_token') ? [entry] : [],
    );
    expect(idTokens.length).toBeGreaterThan(0);
    const links = entries.flatMap((entry) => (entry.kind === 'exchange' ? [entry.link] : []));
    expect(links).toContain('client→idp');
    expect(links).toContain('gateway→idp');
  });
});
