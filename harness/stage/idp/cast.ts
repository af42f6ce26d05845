import { deadlines } from '../../model/deadlines.ts';
import { FailwellError } from '../../model/error.ts';
import type { StepResult } from '../../model/stage.ts';
import type { AskIdp, Step } from '../../model/step.ts';
import type { IdpWiring } from '../../model/target.ts';
import { timeLimit } from '../../time-limit.ts';
import type { Backstage, Cast, Performance } from '../cast.ts';
import { describe } from '../describe.ts';
import { type Ends, repeatUntil } from '../until.ts';
import { type AtHand, linkOf, occasionOf } from './at-hand.ts';
import { connectTo } from './connect.ts';
import { controlWith } from './control.ts';
import { createStore } from './kept.ts';
import type { Came } from './outcome.ts';
import { ownEndpointsFor } from './own-endpoints.ts';
import type { Registered } from './registration.ts';
import { storeFor } from './store.ts';
import { tidyUp } from './tidy.ts';
import { ask, leave, logIn } from './visits.ts';
import { waitOut } from './wait-out.ts';
import { idpParties, scopeFor } from './wiring.ts';

/**
 * Around an IdP: its clients and the browsers of their users, all of them the harness. Everything that they send goes
 * through the link `caller→idp`.
 */
export async function idpCast(backstage: Backstage): Promise<Cast> {
  const { target, surroundings, running, book, now } = backstage;
  const { ca, tls, clock } = surroundings;
  const manners = target.idp ?? {};
  const place = { ca, tls, host: '127.0.0.1', port: 0, clock };
  await using opening = new AsyncDisposableStack();
  const own = opening.use(await ownEndpointsFor(backstage));
  const store = opening.use(await storeFor(backstage));
  const wiring: IdpWiring = {
    ...idpParties,
    clients: { ...idpParties.clients, ...own?.clients },
    ...(manners.given as Partial<IdpWiring>),
    ...place,
    ...(store !== undefined && { store: store.place }),
  };
  const hand: AtHand = {
    backstage,
    own,
    links: new Map([own, store].filter((one) => one !== undefined).map(({ link }) => [link.name, link])),
    store: createStore(),
    browsers: new Map(),
    ledger: target.driver.kind === 'remote' ? { grants: [], browsers: [] } : undefined,
    scope: manners.scope ?? scopeFor(target, wiring.scope),
    byBrowser: typeof manners.login === 'object' && 'browser' in manners.login,
    wiring,
    random: backstage.random,
    known: undefined,
    launched: undefined,
    last: undefined,
    clockFaults: [],
    leaving: false,
  };
  let registered: Registered | undefined;
  let moved = 0;
  let moveClock: ((by: number) => Promise<void>) | undefined;

  /** Does something as one step, and records its begin and end. */
  async function doing(
    step: Step | string,
    { phase, actor, signal }: Performance,
    ends: Ends | undefined,
    does: (correlation: string, signal: AbortSignal) => Promise<Came>,
  ): Promise<StepResult> {
    const correlation = `fw-${hand.random.hex(6)}`;
    const words = typeof step === 'string' ? step : describe(step);
    const bound = hand.byBrowser ? deadlines.browser : phase === 'stimulus' ? deadlines.step : deadlines.control;
    book.record({ kind: 'step-begun', step: correlation, phase, does: words });
    const began = now();
    using limit = timeLimit(typeof step !== 'string' && step.do === 'wait-out' ? deadlines.scenario : bound, signal);
    const came: Came = running.alive
      ? await does(correlation, limit.signal)
      : { outcome: 'indeterminate', detail: running.downBecause };
    if (limit.ranOut) book.record({ kind: 'deadline', what: 'step', milliseconds: bound });
    const { outcome, detail } = came;
    const result: StepResult = { step: correlation, outcome, detail, took: now() - began };
    const part = actor ?? (ends?.(outcome) === false ? 'attempt' : undefined);
    book.record({ kind: 'step', ...result, phase, does: words, ...(part !== undefined && { actor: part }) });
    return result;
  }

  /** Asks the IdP what the token of a step is for: no part of what is judged. */
  async function readByIntrospection({ of, keep = of }: AskIdp, performance: Performance): Promise<void> {
    if (!target.capabilities.includes('introspection')) return;
    const step: AskIdp = { do: 'ask-idp', what: 'introspect', ...(keep !== undefined && { of: keep }) };
    const reading = { ...performance, actor: 'introspection' };
    await doing(step, reading, undefined, (id, signal) => ask(hand, step, id, signal, 'control-after'));
  }

  /** Gives back what was issued and registered, within the time that a target has to stop. */
  async function giveBack(): Promise<void> {
    // A server that runs elsewhere is still there when the stage has let go of it.
    hand.leaving = target.driver.kind === 'remote';
    const wire = linkOf(hand);
    const { known, ledger } = hand;
    if (wire === undefined || known === undefined) return;
    using limit = timeLimit(2 * deadlines.control, new AbortController().signal);
    const { signal } = limit;
    const at = occasionOf(hand, 'leaving');
    if (ledger !== undefined) await tidyUp(ledger, at, (request) => wire.send(request, { signal }), signal);
    await registered?.remove(signal);
  }

  const control = controlWith(hand);
  const behind = opening.move();
  return {
    links: hand.links,
    get wiring() {
      return hand.wiring;
    },
    async connect(instance) {
      moveClock =
        instance.moveClock &&
        (async (by) => {
          moved += by;
          await instance.moveClock?.(moved);
        });
      registered = await connectTo(instance, hand);
    },
    begin(by) {
      hand.random = by;
      hand.store.clear();
      hand.browsers.clear();
    },
    secrets: () => [
      ...Object.values(hand.wiring.clients).flatMap(({ secret }) =>
        secret === undefined ? [] : [['client_secret', secret] as const],
      ),
      ['password', hand.wiring.user.password],
    ],
    disturbed(standing) {
      hand.clockFaults = standing.filter(({ seam }) => seam === 'clock');
    },
    async perform(step, performance) {
      switch (step.do) {
        case 'ask-idp': {
          const once = (ends?: Ends) =>
            doing(step, performance, ends, (id, signal) => ask(hand, step, id, signal, performance.phase));
          const { until, introspected } = step;
          if (until !== undefined)
            return await repeatUntil(until, { target, book, now, signal: performance.signal }, once);
          const result = await once();
          if (introspected && result.outcome === 'accepted') await readByIntrospection(step, performance);
          return result;
        }
        case 'authorize':
          return await doing(step, performance, undefined, (id, signal) =>
            logIn(hand, step, id, signal, performance.phase),
          );
        case 'log-out':
          return await doing(step, performance, undefined, (id, signal) => leave(hand, step, id, signal));
        case 'rotate-client-key':
          return await doing(step, performance, undefined, async () => {
            await own?.key.rotate();
            return { outcome: own === undefined ? 'indeterminate' : 'accepted', detail: 'it has a new key' };
          });
        case 'wait-out':
          return await doing(step, performance, undefined, (_, signal) => waitOut(step, target, moveClock, signal));
        default:
          throw new FailwellError('usage', `An IdP cannot do '${describe(step)}': that step is another role's.`);
      }
    },
    control: (performance) =>
      doing('the control', performance, undefined, (id, signal) => control(id, signal, performance.phase)),
    // Between the callers and the IdP nothing could refuse them without a trace; between it and its store, something could.
    isControl: (step) => step.do === 'authorize' && Object.keys(step).length === 1,
    byHand: () => hand.last,
    async [Symbol.asyncDispose]() {
      await giveBack().catch(() => undefined);
      await hand.launched?.close();
      for (const opened of hand.links.values()) await opened[Symbol.asyncDispose]();
      await behind.disposeAsync();
    },
  };
}
