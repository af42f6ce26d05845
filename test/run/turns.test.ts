import { expect, test } from 'vitest';
import type { Target } from '../../harness/model/target.ts';
import { turns } from '../../harness/run/turns.ts';
import { scenarios } from '../../scenarios/index.ts';
import reference from '../../targets/reference/gateway/target.ts';
import { runOn } from './engine.ts';

const image = { image: { image: 'example' } };
const named = (id: string, changes: Partial<Target> = {}): Target => ({ ...reference, id, ...changes });
const contained = named('contained', { driver: { ...reference.driver, ...image } });
const chain = named('chain', { members: { client: named('client'), gateway: contained } as never });
const browser = named('browser', { capabilities: [...reference.capabilities, 'browser'] });
const page = named('page', { idp: { login: { browser: 'recognised' } } as never });
const plain = named('plain');

test('containers wait where a browser is needed', () => {
  expect(turns([contained, plain, chain])).toEqual([[contained, plain, chain]]);
  expect(turns([contained, browser, chain, plain])).toEqual([
    [browser, plain],
    [contained, chain],
  ]);
  expect(turns([contained, page])).toEqual([[page], [contained]]);
  expect(turns([browser, plain])).toEqual([[browser, plain]]);
});

test('a run keeps to that, with more workers than one turn has work for', async () => {
  const few = scenarios.filter(({ id }) => /^gateway\/token-expired\/by-/.test(id));
  const open: string[] = [];
  const beside = new Set<string>();
  await runOn([contained, browser, plain], few, {
    pool: 8,
    around: (openStage) => async (wanted) => {
      const stage = await openStage(wanted);
      open.push(wanted.target.id);
      for (const other of open) beside.add([other, wanted.target.id].toSorted().join(' and '));
      return {
        ...stage,
        async [Symbol.asyncDispose]() {
          await stage[Symbol.asyncDispose]();
          open.splice(open.indexOf(wanted.target.id), 1);
        },
      };
    },
  });
  expect([...beside]).toContain('browser and plain');
  expect([...beside]).toContain('contained and contained');
  expect([...beside].filter((pair) => /contained and (?:plain|browser)|browser and contained/.test(pair))).toEqual([]);
});
