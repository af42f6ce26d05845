import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { shim } from '../../harness/drivers/shim.ts';
import type { Target } from '../../harness/model/target.ts';
import * as idp from '../../mocks/faults/idp/index.ts';
import { refused } from '../../mocks/faults/links/connection.ts';
import { obtainToken } from '../../scenarios/client/stimuli.ts';
import { always } from './always.ts';
import { play } from './client-stage.ts';

test('the shell script of the documentation is a client', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'failwell-shim-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const text = await readFile(new URL('../../docs/shim.md', import.meta.url), 'utf8');
  const [, script = ''] = /```sh\n([\s\S]*?)```/.exec(text) ?? [];
  await writeFile(join(folder, 'shim.sh'), script);
  const curl: Target<'client'> = {
    id: 'acme/curl',
    role: 'client',
    summary: 'curl, in a shell script',
    capabilities: ['client-credentials', 'calls-api'],
    declares: {},
    driver: shim({ command: 'sh', args: [join(folder, 'shim.sh')], lifetime: 'once' }),
  };
  await using played = await play(curl);
  expect(await played.perform(obtainToken())).toMatchObject({ outcome: 'accepted', detail: '200' });
  const mend = await played.stage.place(always(idp.tokenInvalidClient(), 'idp', 'token'));
  expect(await played.perform(obtainToken())).toMatchObject({ outcome: 'refused', detail: 'oauth' });
  expect(played.of('told').at(-1)?.text).toContain('invalid_client');
  await mend();
  await played.stage.place(always(refused(), 'client→idp'));
  expect(await played.perform(obtainToken())).toMatchObject({ outcome: 'refused', detail: 'curl' });
  expect(played.of('log').at(-1)?.line).toMatch(/token endpoint https:.*curl: \(7\)/);
});
