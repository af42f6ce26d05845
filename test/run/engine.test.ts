import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { FailwellError } from '../../harness/model/error.ts';
import type { RunEvent } from '../../harness/model/event.ts';
import type { OpenStage } from '../../harness/model/stage.ts';
import type { DriverIo, GatewayWiring, Instance, Target } from '../../harness/model/target.ts';
import { scenarios } from '../../scenarios/index.ts';
import skipsExp from '../../targets/mutants/skips-exp.ts';
import reference from '../../targets/reference/gateway/target.ts';
import { quick, runOn } from './engine.ts';

const shared = quick.filter(
  ({ role, isolation, needs }) =>
    role === 'gateway' && isolation === 'shared' && needs.every((need) => reference.capabilities.includes(need)),
);
const few = shared.filter(({ id }) => /^gateway\/token-(?:expired|audience)\//.test(id));

/** The reference under another name, started otherwise. */
function like(
  id: string,
  start: (wiring: GatewayWiring, io: DriverIo, real: () => Promise<Instance>) => Promise<Instance>,
): Target<'gateway'> {
  return {
    ...reference,
    id,
    driver: { kind: 'in-process', start: (wiring, io) => start(wiring, io, () => reference.driver.start(wiring, io)) },
  };
}

/** Tells of every instance that was started whether it was stopped. */
function counted(id: string) {
  const instances: { readonly url: string; stopped: boolean }[] = [];
  const target = like(id, async (_wiring, _io, real) => {
    const instance = await real();
    const one = { url: instance.url, stopped: false };
    instances.push(one);
    return {
      ...instance,
      async stop() {
        await instance.stop();
        one.stopped = true;
      },
    };
  });
  return { target, instances };
}

/** Remembers the addresses on which its stages listened. */
function watched() {
  const urls: string[] = [];
  const target = like('mine/watched', async (wiring, _io, real) => {
    const instance = await real();
    urls.push(instance.url, wiring.issuer, wiring.api);
    return instance;
  });
  return { target, urls };
}

const listens = (url: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

/** The instances that a run used, by scenario. */
const instancesBy = (events: readonly RunEvent[]) =>
  new Map(events.flatMap((event) => (event.type === 'scenario-finished' ? [[event.scenario, event.instance]] : [])));

describe('instances', () => {
  test('shared scenarios follow one another on one, and the control between two counts for both', async () => {
    const { target, instances } = counted('mine/one');
    const ran = await runOn([target], few, { pool: 1 });
    expect(ran.exit).toBe(0);
    expect(instances).toMatchObject([{ stopped: true }]);
    const controls = ran.of('entry').filter(({ entry }) => entry.kind === 'step' && entry.from === 'previous');
    expect(controls).toHaveLength(few.length);
  });

  test('a pool shares the scenarios of a target between instances, each scenario once', async () => {
    const { target, instances } = counted('mine/four');
    const ran = await runOn([target], shared, { pool: 4 });
    expect(instances.length).toBe(4);
    expect(instances.every(({ stopped }) => stopped)).toBe(true);
    expect(
      ran
        .of('scenario-finished')
        .map(({ scenario }) => scenario)
        .toSorted(),
    ).toEqual(shared.map(({ id }) => id).toSorted());
  });

  test('a fresh scenario has one of its own', async () => {
    const fresh = scenarios.filter(({ id }) =>
      ['gateway/jwks-unreachable/status-500', 'gateway/jwks-unreachable/refused'].includes(id),
    );
    const { target, instances } = counted('mine/fresh');
    const ran = await runOn([target], [...few.slice(0, 2), ...fresh], { pool: 1 });
    expect(ran.exit).toBe(0);
    const used = instancesBy(ran.events);
    expect(new Set(used.values()).size).toBe(3);
    expect(instances).toHaveLength(3);
    expect(instances.every(({ stopped }) => stopped)).toBe(true);
  });

  test('one that a scenario spoilt is replaced, and the next one is judged on a good one', async () => {
    // Refuses everything once it has seen an expired token.
    let started = 0;
    const spoilt = like('mine/spoilt', async (wiring, io) => {
      started += 1;
      const { correct } = await import('../../targets/reference/gateway/parts.ts');
      const { startGateway } = await import('../../targets/reference/gateway/server.ts');
      let bad = false;
      return await startGateway(wiring, io, {
        ...correct,
        checkExpiry(...args) {
          try {
            correct.checkExpiry(...args);
          } catch (error) {
            bad = true;
            throw error;
          }
          if (bad) throw new Error('spoilt');
        },
      });
    });
    const [first, ...others] = few.filter(({ id }) => /by-10m|token-audience/.test(id));
    const ran = await runOn([spoilt], [first!, ...others], { pool: 1 });
    expect(first?.id).toBe('gateway/token-expired/by-10m');
    expect(
      ran.verdicts
        .get(`mine/spoilt ${first?.id}`)
        ?.gates.filter(({ open }) => !open)
        .map(({ id }) => id),
    ).toContain('control-after');
    for (const { id } of others) expect(ran.verdicts.get(`mine/spoilt ${id}`)?.value, id).toBe('pass');
    expect(started).toBe(2);
  });
});

describe('a target that dies half way', () => {
  /** Ends at every token for another audience; these of its starts fail. */
  const dying = (failStarts: readonly number[] = []) => {
    let starts = 0;
    return like('mine/dying', async (wiring, io) => {
      starts += 1;
      if (failStarts.includes(starts)) throw new FailwellError('target-not-ready', `start ${starts} failed: wait.`);
      const { correct } = await import('../../targets/reference/gateway/parts.ts');
      const { startGateway } = await import('../../targets/reference/gateway/server.ts');
      return await startGateway(wiring, io, {
        ...correct,
        checkAudience(claims, gateway) {
          try {
            correct.checkAudience(claims, gateway);
          } catch (error) {
            gateway.end('killed by SIGSEGV');
            throw error;
          }
        },
      });
    });
  };

  test('gets a new instance, and every result is there', async () => {
    const ran = await runOn([dying()], few, { pool: 1 });
    expect(ran.of('harness-error')).toEqual([]);
    expect(ran.verdicts.size).toBe(few.length);
    const killed = few.filter(({ id }) => id.startsWith('gateway/token-audience/other'))[0]!;
    const verdict = ran.verdicts.get(`mine/dying ${killed.id}`);
    // A crash is no refusal.
    expect(verdict?.value).toBe('inconclusive');
    expect(verdict?.properties.resilience.findings.find(({ oracle }) => oracle === 'survives()')).toMatchObject({
      holds: 'no',
      observed: 'the target killed by SIGSEGV',
    });
    expect(ran.verdicts.get('mine/dying gateway/token-expired/by-10m')?.value).toBe('pass');
  });

  test('and does not start again at once, is tried again', async () => {
    const ran = await runOn([dying([2, 3])], few, { pool: 1 });
    expect(ran.of('harness-error')).toEqual([]);
    expect(ran.verdicts.size).toBe(few.length);
  });

  test('and never starts again, is given up; what was judged stays', async () => {
    const ran = await runOn([dying([2, 3, 4, 5, 6, 7, 8])], few, { pool: 1 });
    expect(ran.exit).toBe(3);
    expect(ran.of('harness-error')).toMatchObject([{ code: 'target-not-ready', target: 'mine/dying' }]);
    expect(ran.verdicts.size).toBeGreaterThan(0);
    expect(ran.of('run-finished')).toHaveLength(1);
  });
});

describe('what the harness cannot do', () => {
  test('for one target does not stop the others', async () => {
    const broken = like('mine/broken', async () => {
      throw new FailwellError('target-not-ready', 'It has no port: free one.');
    });
    const odd = like('mine/odd', () => {
      throw new TypeError('x is not a function');
    });
    const ran = await runOn([broken, reference, odd], few, { pool: 4 });
    expect(ran.exit).toBe(3);
    // Said once a target, however many instances of it were tried.
    expect(ran.of('harness-error').toSorted((a, b) => (a.target! < b.target! ? -1 : 1))).toEqual([
      { type: 'harness-error', code: 'target-not-ready', message: 'It has no port: free one.', target: 'mine/broken' },
      {
        type: 'harness-error',
        code: 'target-not-ready',
        message: 'mine/odd did not start: x is not a function; mend it, or its driver.',
        target: 'mine/odd',
      },
    ]);
    expect([...ran.verdicts.values()].filter(({ value }) => value === 'pass')).toHaveLength(few.length);
  });

  test('in one scenario does not stop the others, and its instance is not used again', async () => {
    const [first, second, third] = few as [(typeof few)[0], (typeof few)[0], (typeof few)[0]];
    const impossible = {
      ...second,
      id: 'gateway/impossible/step',
      stimulus: [{ do: 'drive', what: 'log-in', with: {} } as const],
    };
    const ran = await runOn([reference], [first!, impossible as never, third!], { pool: 1 });
    expect(ran.exit).toBe(3);
    expect(ran.of('harness-error')).toMatchObject([{ code: 'usage', scenario: 'gateway/impossible/step' }]);
    const used = instancesBy(ran.events);
    expect(used.get(first!.id)).not.toBe(used.get(third!.id));
    expect(ran.verdicts.get(`reference/gateway ${third!.id}`)?.value).toBe('pass');
  });

  test('when stopping a target is told of, and the run still ends in good order', async () => {
    const stuck = like('mine/stuck', async (_wiring, _io, real) => {
      const instance = await real();
      return {
        ...instance,
        stop: async () => {
          await instance.stop();
          throw new Error('will not stop');
        },
      };
    });
    const ran = await runOn([stuck, reference], few, { pool: 2 });
    expect(ran.exit).toBe(3);
    expect(ran.of('harness-error').map(({ message }) => message)).toContain('will not stop');
    expect(ran.verdicts.size).toBe(2 * few.length);
    expect(ran.of('run-finished')).toHaveLength(1);
  });

  test('when a fault cannot be placed, those placed before it are taken back', async () => {
    const upstream = quick.find(({ id }) => id === 'gateway/upstream/status-500')!;
    const [placed] = upstream.faults;
    const nowhere = { ...placed!, on: 'gateway→moon' as const };
    let cleared = 0;
    const around =
      (open: OpenStage): OpenStage =>
      async (options) => {
        const stage = await open(options);
        const { place } = stage;
        return Object.assign(stage, {
          place: async (one: typeof placed) => {
            const clear = await place.call(stage, one!);
            return async () => {
              cleared += 1;
              await clear();
            };
          },
        });
      };
    const ran = await runOn([reference], [{ ...upstream, faults: [placed!, nowhere] }], { pool: 1, around });
    expect(ran.exit).toBe(3);
    expect(cleared).toBe(1);
  });
});

test('bail stops at the first failure, and leaves nothing running', async () => {
  const { urls, target } = watched();
  const flawed = {
    ...skipsExp,
    driver: {
      ...target.driver,
      start: async (...args: Parameters<typeof skipsExp.driver.start>) => {
        const instance = await skipsExp.driver.start(...args);
        urls.push(instance.url);
        return instance;
      },
    },
  };
  const ran = await runOn([flawed], shared, { pool: 2, bail: true });
  expect(ran.exit).toBe(1);
  expect([...ran.verdicts.values()].filter(({ value }) => value === 'fail')).toHaveLength(1);
  expect(ran.verdicts.size).toBeLessThan(shared.length);
  expect(ran.of('run-finished')).toMatchObject([{ interrupted: false, exit: 1 }]);
  for (const url of urls) expect(await listens(url)).toBe(false);
});

test('an interruption ends the run in good order: what was judged stays, and every port is closed', async () => {
  const { target, urls } = watched();
  const controller = new AbortController();
  let finished = 0;
  const ran = await runOn([target], shared, {
    pool: 3,
    signal: controller.signal,
    onEvent(event) {
      if (event.type === 'scenario-finished') finished += 1;
      if (finished === 5) controller.abort();
    },
  });
  expect(ran.exit).toBe(130);
  expect(ran.events.at(-1)).toMatchObject({ type: 'run-finished', interrupted: true, exit: 130 });
  expect(ran.verdicts.size).toBeGreaterThanOrEqual(5);
  expect(ran.verdicts.size).toBeLessThan(shared.length);
  expect(ran.of('harness-error')).toEqual([]);
  // What was cut off is not judged.
  expect([...ran.verdicts.values()].map(({ value }) => value)).not.toContain('inconclusive');
  expect(urls.length).toBeGreaterThanOrEqual(3);
  for (const url of urls) expect(await listens(url)).toBe(false);
});

test('an interruption before anything ran', async () => {
  const ran = await runOn([reference], few, { signal: AbortSignal.abort() });
  expect(ran.exit).toBe(130);
  expect(ran.verdicts.size).toBe(0);
});
