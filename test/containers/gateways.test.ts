import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../harness/model/event.ts';
import apache from '../../targets/containers/apache-openidc-rs/target.ts';
import haproxy from '../../targets/containers/haproxy/target.ts';
import { failwell, folderOf } from '../cli/failwell.ts';
import { needing } from '../machine.ts';

type Finished = Extract<RunEvent, { type: 'scenario-finished' }>;

/** Runs the whole gateway suite on a target and reads the record. */
async function judged(id: string) {
  const folder = await folderOf({
    'failwell.config.mjs': "export default { targets: ['a.target.mts'] };",
    'a.target.mts': `export { default } from 'ROOT/targets/${id}/target.ts';`,
  });
  const { exit } = await failwell(['run', '-t', id, '-s', 'gateway/*', '--reporter', 'ndjson'], { folder });
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

/** What docs/findings.md says of it, and nothing else. */
const findings = {
  [haproxy.id]: [
    'token-critical/absent-member',
    'token-critical/unknown',
    'token-malformed/header-not-json',
    'token-malformed/payload-not-json',
  ],
  [apache.id]: [
    'token-critical/absent-member',
    'token-critical/unknown',
    'token-issuer/padded',
    'token-not-yet-valid/by-10m',
    'token-not-yet-valid/by-1d',
  ],
};

describe.for([haproxy, apache])('$id', needing('engine'), (target) => {
  test('lets in what its findings say, and nothing else; the record says what ran', { timeout: 400_000 }, async () => {
    const { exit, events, finished, failed } = await judged(target.id);
    expect(events.filter(({ type }) => type === 'harness-error')).toEqual([]);
    expect(exit).toBe(1);
    expect(finished.filter(({ instance }) => instance !== '').length).toBeGreaterThan(130);
    expect(failed('safe').toSorted()).toEqual(findings[target.id]!.map((id) => `gateway/${id}`));
    expect(finished.filter(({ verdict }) => verdict.value === 'inconclusive').length).toBeLessThan(6);
    const [started] = events;
    const [card] = started?.type === 'run-started' ? started.targets : [];
    expect(card?.image).toMatch(/^failwell\/[a-z-]+:[0-9a-f]{12} sha256:[0-9a-f]{64}$/);
  });
});
