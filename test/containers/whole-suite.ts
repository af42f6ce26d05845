import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../harness/model/event.ts';
import type { Target } from '../../harness/model/target.ts';
import { failwell, folderOf } from '../cli/failwell.ts';
import { needing } from '../machine.ts';

type Finished = Extract<RunEvent, { type: 'scenario-finished' }>;

/** Runs all scenarios of its role on a target and reads the record. */
async function judged({ id, role }: Target) {
  const folder = await folderOf({
    'failwell.config.mjs': "export default { targets: ['a.target.mts'] };",
    'a.target.mts': `export { default } from 'ROOT/targets/${id}/target.ts';`,
  });
  const { exit } = await failwell(['run', '-t', id, '-s', `${role}/*`, '--reporter', 'ndjson'], { folder });
  const record = await readFile(join(folder, 'failwell-report/run.ndjson'), 'utf8');
  const events = record
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('{"type":"entry"'))
    .map((line) => JSON.parse(line) as RunEvent);
  const finished = events.filter((event): event is Finished => event.type === 'scenario-finished');
  const failed = (property: 'safe' | 'signal') =>
    finished.filter(({ verdict }) => verdict.properties[property].value === 'fail').map(({ scenario }) => scenario);
  return { exit, events, finished, failed };
}

/**
 * Registers a test that all scenarios of its role are run on a target that runs in a container.
 * @param atLeast how many scenarios it meets at least
 * @param lets what docs/findings*.md say that it lets in, without its role; nothing else is
 */
export function wholeSuite(target: Target, atLeast: number, lets: readonly string[]): void {
  describe(target.id, needing('engine'), () => {
    test('lets in what its findings say, and nothing else; the record says what ran', {
      timeout: 600_000,
    }, async () => {
      await target.driver.prepare!(() => {}, AbortSignal.timeout(500_000));
      const { exit, events, finished, failed } = await judged(target);
      expect(events.filter(({ type }) => type === 'harness-error')).toEqual([]);
      expect(exit).toBe(1);
      expect(finished.filter(({ instance }) => instance !== '').length).toBeGreaterThan(atLeast);
      expect(failed('safe').toSorted()).toEqual(lets.map((id) => `${target.role}/${id}`));
      expect(finished.filter(({ verdict }) => verdict.value === 'inconclusive').length).toBeLessThan(6);
      const [started] = events;
      const [card] = started?.type === 'run-started' ? started.targets : [];
      expect(card?.image).toMatch(/^failwell\/[a-z-]+:[0-9a-f]{12} sha256:[0-9a-f]{64}$/);
    });
  });
}
