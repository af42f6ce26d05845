import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { findProgram } from '../../harness/drivers/browser/find.ts';
import { openEngine } from '../../harness/drivers/container/engine.ts';
import target from '../../targets/containers/haproxy/target.ts';
import { config, failwell, folderOf } from '../cli/failwell.ts';
import { machine, needing } from '../machine.ts';

/** What Podman is told where it runs within limits: none above those of this process, and no systemd. */
const settings = `
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[engine]
cgroup_manager = "cgroupfs"
${findProgram('runc') === undefined ? '' : 'runtime = "runc"'}
`;

/** Asks at a socket, and resolves to the answer. */
async function ask(socketPath: string, path: string, method = 'GET', body?: Readable): Promise<string> {
  const asking = request({ socketPath, path, method, headers: { 'content-type': 'application/x-tar' } });
  const answered = once(asking, 'response');
  if (body === undefined) asking.end();
  else await pipeline(body, asking);
  const [answer] = (await answered) as [Readable];
  return await text(answer);
}

/** Podman's API at a socket of its own, with nothing of this machine's other containers. */
async function podman(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'failwell-podman-'));
  const at = (name: string) => join(folder, name);
  await writeFile(at('containers.conf'), settings);
  const socket = at('podman.sock');
  const args = ['--root', at('root'), '--runroot', at('run'), 'system', 'service', '--time=0', `unix://${socket}`];
  const service = spawn(machine.podman!, args, {
    env: { ...process.env, CONTAINERS_CONF: at('containers.conf') },
    stdio: 'ignore',
  });
  onTestFinished(async () => {
    service.kill();
    await once(service, 'exit');
    // Its store holds mounts until it is told to let go of them.
    await once(
      spawn(machine.podman!, [...args.slice(0, 4), 'unmount', '--all', '--force'], { stdio: 'ignore' }),
      'exit',
    );
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
  await vi.waitFor(async () => expect(await ask(socket, '/_ping')).toBe('OK'), { timeout: 20_000 });
  return socket;
}

describe('a pack on Podman', needing('engine', 'podman'), () => {
  test('is judged as on Docker, also when it is frozen or killed, and leaves nothing', {
    timeout: 300_000,
  }, async () => {
    const name = (await target.driver.prepare!(() => {}, AbortSignal.timeout(280_000))).split(' ')[0]!;
    const socket = await podman();
    const { docker } = await openEngine();
    const image = (await docker.getImage(name).get()) as unknown as Readable;
    expect(await ask(socket, '/images/load', 'POST', image)).toContain('Loaded image');
    const folder = await folderOf({
      'failwell.config.mjs': config,
      'a.target.mts': "export { default } from 'ROOT/targets/containers/haproxy/target.ts';",
    });
    const some = ['gateway/token-expired/by-10m', 'gateway/interruption/frozen', 'gateway/interruption/killed'];
    const { exit, stdout } = await failwell(
      ['run', '-t', 'containers/haproxy', ...some.flatMap((id) => ['-s', id]), '--reporter', 'ndjson,console'],
      { folder, env: { DOCKER_HOST: `unix://${socket}` } },
    );
    expect(stdout).toMatch(/containers\/haproxy +3 /);
    expect(exit).toBe(0);
    expect(JSON.parse(await ask(socket, '/containers/json?all=1'))).toEqual([]);
    expect(await ask(socket, '/networks')).not.toContain('failwell');
  });
});
