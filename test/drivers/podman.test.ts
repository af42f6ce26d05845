import { expect, test } from 'vitest';
import type { Docker } from '../../harness/drivers/container/engine.ts';
import { podmanIn } from '../../harness/drivers/container/engine.ts';

/** What engines answer to `/version` and `/info`, as far as it matters. */
const engines = {
  'Docker 20.10': [[{ Name: 'Engine' }], { SecurityOptions: ['name=seccomp,profile=default'] }, undefined],
  'Docker 20.10 without root': [
    [{ Name: 'Engine' }],
    { SecurityOptions: ['name=seccomp', 'name=rootless'] },
    undefined,
  ],
  'Podman 4.3': [[{ Name: 'Podman Engine' }], { SecurityOptions: ['name=seccomp'], Rootless: false }, 'root'],
  'Podman 4.3 without root': [
    [{ Name: 'Podman Engine' }],
    { SecurityOptions: ['name=seccomp'], Rootless: true },
    'rootless',
  ],
  "one that has Docker's word for it": [
    [{ Name: 'Podman Engine' }],
    { SecurityOptions: ['name=rootless'] },
    'rootless',
  ],
} as const;

test.each(Object.entries(engines))('%s', async (_, [Components, info, is]) => {
  const engine = { version: async () => ({ Components }), info: async () => info };
  expect(await podmanIn(engine as unknown as Docker)).toBe(is);
});
