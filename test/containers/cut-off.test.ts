import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lexiconsFor, stagesFor } from '../../harness/compose.ts';
import { asked, postedTo } from '../../harness/drivers/asked.ts';
import { container } from '../../harness/drivers/container/container.ts';
import type { OpenStage } from '../../harness/model/stage.ts';
import type { GatewayWiring, Target } from '../../harness/model/target.ts';
import { openSession } from '../../harness/run/session.ts';
import { createSurroundings, type Surroundings } from '../../harness/stage/surroundings.ts';
import { scenarios } from '../../scenarios/index.ts';
import authlib, { options as ofAuthlib } from '../../targets/containers/authlib/target.ts';
import haproxy, { options as ofHaproxy } from '../../targets/containers/haproxy/target.ts';
import nginx, { options as ofNginx } from '../../targets/containers/nginx-njs/target.ts';
import provider, { options as ofProvider } from '../../targets/containers/oidc-provider/target.ts';
import { needing } from '../machine.ts';

/** Runs a command, and ends it when its network is gone. */
const endsWithItsNetwork = (...command: readonly string[]) => [
  'sh',
  '-c',
  '"$@" & while kill -0 $! && [ -e /sys/class/net/eth0 ]; do sleep 0.1; done; kill $!',
  'sh',
  ...command,
];

/** Has the API checked, and does not believe that it lives again before ten thousand checks went well. */
const takesItForDead = {
  ...ofHaproxy,
  files: (wiring: GatewayWiring) =>
    Object.fromEntries(
      Object.entries(ofHaproxy.files(wiring)).map(([path, text]) => [
        path,
        text.replace(/^( {2}server api .*)$/m, '$1 check inter 200ms fall 1 rise 10000'),
      ]),
    ),
};

/** Packs, and what each would be with one flaw. */
const packs: readonly (readonly [scenario: string, good: Target, flawed: Target['driver']])[] = [
  ['gateway/interruption/cut-off', haproxy, container(takesItForDead)],
  [
    'gateway/interruption/cut-off-opaque',
    nginx,
    container({ ...ofNginx, command: endsWithItsNetwork(...ofNginx.command) }),
  ],
  [
    'client/interruption/cut-off',
    authlib,
    asked(container({ ...ofAuthlib, command: endsWithItsNetwork('python3', '/srv/authlib/client.py') }), postedTo('/')),
  ],
  [
    'idp/interruption/cut-off',
    provider,
    container({ ...ofProvider, command: endsWithItsNetwork('node', 'server.js') }),
  ],
];

describe('a target that takes it badly to be cut off its network', needing('engine'), () => {
  let surroundings: Surroundings;
  let openStage: OpenStage;

  beforeAll(async () => {
    surroundings = await createSurroundings();
    openStage = stagesFor(surroundings, 1);
  });
  afterAll(() => surroundings[Symbol.asyncDispose]());

  async function resilience(target: Target, id: string) {
    const lexicon = lexiconsFor({ words: [] })(target);
    await using session = openSession({ target, name: 'cut-off', openStage, lexicon, twins: new Map() });
    const scenario = scenarios.find((one) => one.id === id) ?? expect.unreachable(`no scenario is called ${id}`);
    const { verdict } = await session.run(scenario, () => undefined, AbortSignal.timeout(60_000));
    return [verdict.properties.resilience.value, verdict.because];
  }

  test.each(packs)('is caught by %s', { timeout: 600_000 }, async (id, good, flawed) => {
    await good.driver.prepare!(() => {}, AbortSignal.timeout(500_000));
    expect(await resilience(good, id)).toEqual(['pass', 'it failed well']);
    expect(await resilience({ ...good, driver: flawed } as Target, id)).toMatchObject(['warn', expect.any(String)]);
  });
});
