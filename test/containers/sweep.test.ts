import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, test } from 'vitest';
import { openEngine } from '../../harness/drivers/container/engine.ts';
import { isDead, ownerLabel, ownLabels } from '../../harness/drivers/container/owner.ts';
import { sweep } from '../../harness/drivers/container/sweep.ts';
import { needing } from '../machine.ts';
import { perl } from './wired.ts';

const here = JSON.stringify(new URL('./wired.ts', import.meta.url).href);

/** A harness of its own that starts a container and says who it is, and what else it is told. */
const harness = `
  import { ownLabels, ownerLabel } from ${JSON.stringify(new URL('../../harness/drivers/container/owner.ts', import.meta.url).href)};
  import { perl, start, wiring } from ${here};
  const reach = await perl().reach(AbortSignal.timeout(10_000));
  await start().instance;
  console.log(ownLabels()[ownerLabel]);
  setInterval(() => {}, 1e6);`;

async function startHarness() {
  const child = spawn(process.execPath, ['--input-type=module', '-e', harness], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [owner] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, owner };
}

/** What an owner has in the engine. */
async function ownedBy(owner: string): Promise<number> {
  const { docker } = await openEngine();
  const filters = { label: [`${ownerLabel}=${owner}`] };
  return (await docker.listContainers({ all: true, filters })).length + (await docker.listNetworks({ filters })).length;
}

describe('what a killed harness left', needing('engine'), () => {
  beforeAll(() => perl().prepare!(() => {}, AbortSignal.timeout(280_000)), 300_000);

  test('is removed at the next start, and nothing of one that lives', async () => {
    const [killed, living] = await Promise.all([startHarness(), startHarness()]);
    expect(await ownedBy(killed.owner)).toBe(2);
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    expect(await ownedBy(killed.owner)).toBe(2);
    await sweep((await openEngine()).docker);
    expect(await ownedBy(killed.owner)).toBe(0);
    expect(await ownedBy(living.owner)).toBe(2);
    living.child.kill('SIGKILL');
    await once(living.child, 'exit');
    await sweep((await openEngine()).docker);
    expect(await ownedBy(living.owner)).toBe(0);
  });
});

test('an owner is dead when it runs no more, when its pid is used again, or before a start of the machine', () => {
  const own = ownLabels()[ownerLabel]!;
  const [host, boot, pid, start] = own.split('/');
  expect(isDead(own)).toBe(false);
  expect(isDead([host, boot, pid, `${start}1`].join('/'))).toBe(true);
  expect(isDead([host, boot, 2 ** 22 + 1, start].join('/'))).toBe(true);
  expect(isDead([host, 'another', pid, start].join('/'))).toBe(true);
  expect(isDead(['another', boot, pid, `${start}1`].join('/'))).toBe(false);
});
