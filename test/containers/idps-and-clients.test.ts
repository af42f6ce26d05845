import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lexiconsFor, stagesFor } from '../../harness/compose.ts';
import type { OpenStage } from '../../harness/model/stage.ts';
import type { Target } from '../../harness/model/target.ts';
import type { PropertyVerdict } from '../../harness/model/verdict.ts';
import { openSession } from '../../harness/run/session.ts';
import { createSurroundings, type Surroundings } from '../../harness/stage/surroundings.ts';
import { scenarios } from '../../scenarios/index.ts';
import apache from '../../targets/containers/apache-openidc-rp/target.ts';
import glewlwyd from '../../targets/containers/glewlwyd/target.ts';
import oidcProvider from '../../targets/containers/oidc-provider/target.ts';
import prometheus from '../../targets/containers/prometheus/target.ts';
import { needing } from '../machine.ts';

type Told = { readonly [scenario: string]: { readonly [property: string]: PropertyVerdict['value'] } };

/** What was seen by hand, too: docs/findings.md. */
const seen: readonly (readonly [Target, Told])[] = [
  [
    oidcProvider,
    {
      'idp/client-authentication/wrong-secret': { safe: 'pass', signal: 'pass', diagnosis: 'pass' },
      'idp/code/twice': { safe: 'pass', signal: 'pass' },
      'idp/code/expired': { safe: 'pass', signal: 'pass' },
      'idp/code/no-redirect-uri': { safe: 'fail' },
    },
  ],
  [
    glewlwyd,
    {
      'idp/client-authentication/wrong-secret': { safe: 'pass', signal: 'fail' },
      'idp/code/twice': { safe: 'pass', signal: 'fail' },
      'idp/code/expired': { safe: 'pass', signal: 'fail' },
    },
  ],
  [
    apache,
    {
      'client/wrong-secret/log-in': { safe: 'pass', discretion: 'warn' },
      'client/idp-certificate/unknown-authority': { safe: 'pass', discretion: 'warn' },
    },
  ],
  [
    prometheus,
    {
      'client/wrong-secret/by-itself': { safe: 'pass', diagnosis: 'pass', discretion: 'pass' },
      'client/idp-certificate/unknown-authority': { safe: 'pass', diagnosis: 'pass' },
    },
  ],
];

describe('IdPs and clients in containers', needing('engine'), () => {
  let surroundings: Surroundings;
  let openStage: OpenStage;

  beforeAll(async () => {
    surroundings = await createSurroundings();
    openStage = stagesFor(surroundings, 1);
  });
  afterAll(() => surroundings[Symbol.asyncDispose]());

  test.each(seen.map(([target, told]) => [target.id, target, told] as const))(
    '%s',
    { timeout: 600_000 },
    async (_, target, told) => {
      await target.driver.prepare!(() => {}, AbortSignal.timeout(500_000));
      const lexicon = lexiconsFor({ words: [] })(target);
      await using session = openSession({ target, name: 'packs', openStage, lexicon, twins: new Map() });
      for (const [id, properties] of Object.entries(told)) {
        const scenario = scenarios.find((one) => one.id === id) ?? expect.unreachable(`no scenario is called ${id}`);
        const { verdict } = await session.run(scenario, () => undefined, AbortSignal.timeout(60_000));
        const values = Object.entries(verdict.properties).map(([property, { value }]) => [property, value]);
        expect({ [id]: Object.fromEntries(values) }).toMatchObject({ [id]: properties });
      }
    },
  );
});
