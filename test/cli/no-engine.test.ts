import { expect, test } from 'vitest';
import { config, failwell, folderOf, like } from './failwell.ts';

// What a user gets whose machine has no container engine: none answers at this address on any machine.
const env = { DOCKER_HOST: 'unix:///nowhere/engine.sock' };
const none = 'No container engine answers at DOCKER_HOST=unix:///nowhere/engine.sock: start Docker or Podman, let this';

const contained = `
import { container } from 'ROOT/harness/drivers/container/container.ts';
import reference from 'ROOT/targets/reference/gateway/target.ts';
export default { ...reference, id: 'own/contained', driver: container({ image: 'own/image', port: 80 }) };
`;
const one = ['-s', 'gateway/token-expired/by-10m', '--reporter', 'ndjson,console'];

test('a target that was not named is left out, with the reason, and the others run', async () => {
  const folder = await folderOf({
    'failwell.config.mjs': config,
    'a.target.mts': contained,
    'b.target.mts': like('own/process'),
  });
  const { exit, stdout, stderr } = await failwell(['run', ...one], { folder, env });
  expect(exit).toBe(0);
  expect(stderr).toContain(`Left out: own/contained. ${none}`);
  expect(stdout).toContain('1 not applicable');
});

test('a target that was named is an error, and the others run all the same', async () => {
  const folder = await folderOf({
    'failwell.config.mjs': config,
    'a.target.mts': contained,
    'b.target.mts': like('own/process'),
  });
  const { exit, stdout } = await failwell(['run', '-t', 'own/*', ...one], { folder, env });
  expect(exit).toBe(3);
  expect(stdout).toContain(`target-not-ready: ${none}`);
  expect(stdout).toContain('1 verdict');
});

test('where nothing else is left, the reason is the error', async () => {
  const folder = await folderOf({ 'failwell.config.mjs': config, 'a.target.mts': contained });
  const { exit, stderr } = await failwell(['run', ...one], { folder, env });
  expect(exit).toBe(3);
  expect(stderr).toContain(`failwell: Nothing would run: ${none}`);
});

test('images says which are not there and why', async () => {
  const folder = await folderOf({ 'failwell.config.mjs': config, 'a.target.mts': contained });
  for (const args of [['images'], ['images', '--list']]) {
    const { exit, stdout } = await failwell(args, { folder, env });
    expect(exit).toBe(3);
    expect(stdout).toContain(`own/contained  ${none}`);
  }
  const { stdout } = await failwell(['images', '--json'], { folder, env });
  expect(JSON.parse(stdout)).toEqual([
    { target: 'own/contained', from: 'own/image', missing: expect.stringContaining(none) },
  ]);
});

test('images has nothing to do where no target runs in a container', async () => {
  const folder = await folderOf({ 'failwell.config.mjs': config, 'b.target.mts': like('own/process') });
  const { exit, stdout } = await failwell(['images'], { folder, env });
  expect(exit).toBe(0);
  expect(stdout).toBe('No target here runs in a container, so there is no image to get.\n');
});
