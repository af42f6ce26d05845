import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openEngine } from '../../harness/drivers/container/engine.ts';
import { ownerLabel, ownLabels } from '../../harness/drivers/container/owner.ts';
import { sweep } from '../../harness/drivers/container/sweep.ts';
import target from '../../targets/containers/haproxy/target.ts';
import { config, folderOf, like, start } from '../cli/failwell.ts';
import { machine, needing } from '../machine.ts';

/** A socket that leads to the engine until it is cut. */
async function lineToEngine(): Promise<{ readonly host: string; cut(): void }> {
  const folder = await mkdtemp(join(tmpdir(), 'failwell-engine-'));
  const path = join(folder, 'engine.sock');
  const sockets = new Set<Socket>();
  const at = machine.engine!;
  const server = createServer((near) => {
    const far = at.startsWith('/') ? connect(at) : connect(Number(new URL(at).port), new URL(at).hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  server.listen(path);
  await once(server, 'listening');
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(async () => {
    cut();
    await rm(folder, { recursive: true });
  });
  return { host: `unix://${path}`, cut };
}

const files = {
  'failwell.config.mjs': config,
  'a.target.mts': "export { default } from 'ROOT/targets/containers/haproxy/target.ts';",
  'b.target.mts': like('own/process'),
};
const some = ['-s', 'gateway/token-*', '--reporter', 'ndjson,console'];

/** What a process has in the engine. */
async function owned(pid: number | undefined): Promise<number> {
  const { docker } = await openEngine();
  const [host, boot] = ownLabels()[ownerLabel]!.split('/');
  const filters = { label: [ownerLabel] };
  const found = [...(await docker.listContainers({ all: true, filters })), ...(await docker.listNetworks({ filters }))];
  return found.filter(({ Labels }) => Labels?.[ownerLabel]?.startsWith(`${host}/${boot}/${pid}/`)).length;
}

describe('a run on containers', needing('engine'), () => {
  beforeAll(() => target.driver.prepare!(() => {}, AbortSignal.timeout(280_000)), 300_000);

  test('whose engine dies half way says so, keeps what was judged, and blames nobody', async () => {
    const line = await lineToEngine();
    const folder = await folderOf(files);
    const run = start(['run', '-t', 'containers/haproxy', '-t', 'own/process', ...some], {
      folder,
      env: { DOCKER_HOST: line.host },
    });
    const judged = /"type":"scenario-finished"[^\n]*"target":"containers\/haproxy","instance":"[^"]/;
    const record = join(folder, 'failwell-report/run.ndjson');
    await vi.waitFor(async () => expect(await readFile(record, 'utf8')).toMatch(judged), { timeout: 40_000 });
    line.cut();
    const { exit, stdout } = await run.done;
    expect(exit).toBe(3);
    expect(stdout).toMatch(/target-not-ready: .*container engine (?:answers|does not answer)/);
    expect(stdout).toMatch(/ [1-9]\d* verdicts/);
    expect(stdout).not.toContain('exited');
    // It could not clean up; who comes next does.
    expect(await owned(run.child.pid)).toBeGreaterThan(0);
    await sweep((await openEngine()).docker);
    expect(await owned(run.child.pid)).toBe(0);
  });

  test('leaves nothing behind after Ctrl-C', async () => {
    const folder = await folderOf(files);
    const run = start(['run', '-t', 'containers/haproxy', ...some], { folder });
    const { pid } = run.child;
    // Its network and a container at least.
    await vi.waitFor(async () => expect(await owned(pid)).toBeGreaterThan(1), { timeout: 40_000, interval: 50 });
    run.child.kill('SIGINT');
    const { exit } = await run.done;
    expect(exit).toBe(130);
    expect(await owned(pid)).toBe(0);
  });
});
