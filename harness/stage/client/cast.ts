import type { SeenExchange } from '../../../mocks/links/exchange.ts';
import { deadlines } from '../../model/deadlines.ts';
import { FailwellError } from '../../model/error.ts';
import type { AnyFault } from '../../model/fault.ts';
import type { HttpRequest } from '../../model/http.ts';
import type { Json } from '../../model/json.ts';
import { measured } from '../../model/measure.ts';
import type { Party } from '../../model/parties.ts';
import type { ByHand, StepResult } from '../../model/stage.ts';
import type { DeclaredTime, DriverStep, Step } from '../../model/step.ts';
import type { Instance, Target } from '../../model/target.ts';
import { milliseconds } from '../../model/time.ts';
import { timeLimit } from '../../time-limit.ts';
import type { Backstage, Cast, Performance, SingleStep } from '../cast.ts';
import { describe } from '../describe.ts';
import { plainSteps } from '../plain-step.ts';
import { type Ends, repeatUntil } from '../until.ts';
import type { ConsoleLine } from '../user-agent/tab.ts';
import type { UserAgent } from '../user-agent/user-agent.ts';
import { newBrowser } from './browsing.ts';
import { openByBrowser } from './by-browser.ts';
import { byInstruction } from './by-instruction.ts';
import { byPages } from './by-pages.ts';
import { deedOfIdp } from './deed-of-idp.ts';
import type { Callback, Came, Doer, Task } from './doer.ts';
import { namedTokens } from './named-tokens.ts';
import { revokeAt } from './revoke.ts';
import { stepTimes } from './step-times.ts';
import { bearerOf, tokensIn } from './tokens.ts';
import { type ClientWires, openClientWires } from './wires.ts';

/**
 * Around a client: its user in a browser (the harness) → client (the target) → mock IdP and API, and an attacker's host
 * that only a flawed one contacts. Every wire between them is a link, two of them to the IdP: the browser's and the
 * client's. The control is the client's work with nothing broken: its user logs in, or it gets a token by itself; then it
 * calls the API, where it does that at all.
 */
export async function clientCast(backstage: Backstage): Promise<Cast> {
  const { neighbours } = backstage;
  const target = backstage.target as Target<'client'>;
  return await castAround(target, backstage, (options) => openClientWires({ ...options, target, neighbours }));
}

type WiresOptions = Pick<
  Parameters<typeof openClientWires>[0],
  'surroundings' | 'random' | 'now' | 'served' | 'observe'
>;

/**
 * The cast around a client that is the target, or that stands in front of a chain.
 * @param party whose words the client's are, in a chain
 */
export async function castAround<W extends ClientWires>(
  target: Target<'client'>,
  backstage: Backstage,
  openWires: (options: WiresOptions) => Promise<W>,
  party?: Party,
): Promise<Cast & { readonly wires: W }> {
  const { surroundings, running, book, now } = backstage;
  const owned = party === undefined ? {} : { party };
  const can = (capability: string) => target.capabilities.includes(capability);
  const primary = can('code') ? 'log-in' : 'obtain-token';
  /** The client's way to the IdP: that of the browser for one that runs in it. */
  const ownLink = can('browser') ? 'browser→idp' : 'client→idp';
  const bounds = can('browser') ? { step: deadlines.browser, control: deadlines.browser } : deadlines;
  const times = stepTimes(now);
  /** Steps for which the API served a request. */
  const served = new Set<string>();
  const tokens = namedTokens();
  const kept = new Map<string, Json>();
  const sessions = new Map<string, UserAgent>();
  let latest: Partial<ReturnType<typeof tokensIn>> = {};
  /** The last control, and the token that it got. */
  let ofControl: { readonly step: string; token?: string } | undefined;
  let clockFaults: readonly AnyFault[] = [];
  let doer: Doer | undefined;
  let last: Omit<ByHand, 'caFile'> | undefined;
  let { random } = backstage;
  /** Tells the sessions of one history from those of another: a client may remember them by their names. */
  let tag = random.hex(3);

  const isOfControl = (request: HttpRequest) => ofControl?.token !== undefined && bearerOf(request) === ofControl.token;

  const wires = await openWires({
    surroundings,
    random,
    now,
    served() {
      const step = times.at(now());
      if (step !== undefined) served.add(step);
    },
    observe(seen: SeenExchange) {
      // Of one that had no answer at all the browser says itself that it failed, or sends it again.
      if (seen.request && seen.response)
        doer?.answered?.(seen.request.method, `${links.get(seen.link)?.url}${seen.request.path}`);
      if (seen.link === ownLink && seen.response) latest = { ...latest, ...tokensIn(seen.response) };
      const at = times.at(seen.startedAt);
      if (ofControl !== undefined && ofControl.step === at && latest.access) ofControl.token = latest.access;
      // A client that works by itself goes on with the token that it has: that is still the doing of who got it.
      const goesOn = seen.request && isOfControl(seen.request);
      const correlation = seen.correlation ?? (goesOn ? ofControl?.step : undefined) ?? at;
      backstage.observe(correlation === undefined ? seen : { ...seen, correlation });
      // A clock that is wrong is met by every answer that was made while it was.
      if (seen.link === ownLink) for (const fault of clockFaults) book.meet(fault.id, 'token');
    },
  });
  const { idp, clock, links, wiring, apiScope, users } = wires;
  const plain = plainSteps({ book, now, random: () => random });

  const browserOf = (session: string) => {
    const browser = sessions.get(session) ?? newBrowser(links, wiring);
    sessions.set(session, browser);
    return browser;
  };
  const userNamed = (name: string) => {
    const user = users.find(({ username }) => username === name);
    if (user) return user;
    const known = users.map(({ username }) => username).join(' and ');
    throw new FailwellError('usage', `There is no user '${name}' on the stage of a client: there are ${known}.`);
  };

  function logIn(task: Task, given: DriverStep['with']): Promise<Came> {
    const user = userNamed(String(given.user ?? 'alice'));
    const other = userNamed(user.username === 'bob' ? 'alice' : 'bob');
    const session = `${task.session}, other`;
    return acting().logIn(task, {
      user: wires.logsInAs ?? user,
      denies: given.denies === true,
      callback: callbackOf(given.callback),
      other: { browser: browserOf(session), session, user: wires.logsInAs ?? other },
    });
  }

  async function refresh(task: Task, { again }: DriverStep['with']): Promise<Came> {
    const came = await acting().refresh(task);
    return again === true && came.outcome === 'refused' ? await acting().refresh(task) : came;
  }

  function acting(): Doer {
    if (doer !== undefined) return doer;
    throw new FailwellError('usage', `${target.id} can neither be asked nor used: give its driver 'ask', or it 'web'.`);
  }

  function does(what: string, given: DriverStep['with'], task: Task): Promise<Came> {
    switch (what === 'work' ? primary : what) {
      case 'log-in':
        return logIn(task, given);
      case 'obtain-token':
        return acting().obtainToken(task);
      case 'open-page':
        return acting().openPage(task);
      case 'refresh':
        return refresh(task, given);
      default:
        throw new FailwellError('usage', `A client cannot be driven to '${what}': that step is another role's.`);
    }
  }

  /** Does one thing and records it: when it began, what its user was told, what it came to. */
  async function drive(
    step: DriverStep,
    session: string,
    performance: Performance,
    bound: number,
    ends: Ends = () => true,
  ): Promise<StepResult> {
    const { phase, signal } = performance;
    const id = `fw-${random.hex(6)}`;
    const words = describe(step);
    book.record({ kind: 'step-begun', step: id, phase, does: words });
    const began = now();
    latest = {};
    times.begin(id);
    if (phase !== 'stimulus') ofControl = { step: id };
    using limit = timeLimit(bound, signal);
    const task = { step: id, session, browser: browserOf(session), signal: limit.signal };
    const came = await outcomeOf(() => does(step.what, step.with, task));
    times.end(id);
    if (phase === 'stimulus') last = doer?.byHand?.();
    const took = now() - began;
    if (limit.ranOut) book.record({ kind: 'deadline', what: 'step', milliseconds: bound });
    if (step.with.outlast === true && (came.outcome !== 'indeterminate' || limit.ranOut)) {
      book.record(measured('give-up', { milliseconds: took, over: limit.ranOut }, target.declares, 'deadline'));
    }
    if (came.told !== undefined) book.record({ kind: 'told', step: id, text: came.told, ...owned });
    if (came.page !== undefined) book.record({ kind: 'page', step: id, ...owned, ...came.page });
    const idle = phase !== 'stimulus' && came.outcome === 'accepted' && can('calls-api') && !served.has(id);
    const { outcome, detail } = idle
      ? { outcome: 'indeterminate' as const, detail: `${came.detail} without reaching the API` }
      : limit.ranOut
        ? { outcome: 'indeterminate' as const, detail: 'no answer in time' }
        : came;
    const result: StepResult = { step: id, outcome, detail, took };
    const actor = performance.actor ?? (ends(outcome) ? undefined : 'attempt');
    book.record({ kind: 'step', ...result, phase, does: words, ...(actor !== undefined && { actor }) });
    remember(step.with.token);
    return result;
  }

  /** A client that died, or a wire that the browser saw break, said neither yes nor no. */
  async function outcomeOf(doing: () => Promise<Came>): Promise<Came> {
    if (!running.alive) return { outcome: 'indeterminate', detail: running.downBecause };
    try {
      return await doing();
    } catch (error) {
      if (error instanceof FailwellError && error.code === 'usage') throw error;
      return { outcome: 'indeterminate', detail: wordsOf(error) };
    }
  }

  /** The tokens of a step go by the name that it gives them: `session`, and `session refresh`. */
  function remember(name: DriverStep['with'][string] | undefined): void {
    if (name === undefined) return;
    if (latest.access !== undefined) tokens.name(String(name), latest.access);
    if (latest.refresh !== undefined) tokens.name(`${name} refresh`, latest.refresh);
  }

  const declared = target.declares.deadline;
  const stepBound = Math.max(bounds.step, declared === undefined ? 0 : 2 * milliseconds(declared.value) + 2_000);

  return {
    wires,
    links,
    idp,
    wiring,
    async connect(instance: Instance) {
      const { ask } = instance;
      await wires.connect(instance);
      if (target.web !== undefined) {
        const log = (line: ConsoleLine) => book.record({ kind: 'log', ...owned, ...line });
        doer = can('browser')
          ? await openByBrowser(target.web, wiring, { log, now })
          : byPages(target.web, wiring, instance.url);
      } else if (ask !== undefined) {
        doer = byInstruction({ ask: (instruction, signal) => ask(instruction, signal), wiring, apiScope, kept });
      }
    },
    begin(by) {
      random = by;
      tag = random.hex(3);
      tokens.forget();
      served.clear();
      times.forget();
      clock.set(surroundings.clock.now());
      sessions.clear();
      kept.clear();
      doer?.forget?.();
    },
    secrets: () => [
      ...(wiring.clientSecret === '' ? [] : [['client_secret', wiring.clientSecret] as const]),
      ...[...users, wires.logsInAs ?? []].flat().map(({ password }) => ['password', password] as const),
    ],
    disturbed(standing) {
      clockFaults = standing.filter(({ seam }) => seam === 'clock');
    },
    async perform(step: SingleStep, performance) {
      const deed = deedOfIdp(step, { idp, clock });
      if (deed !== undefined) return await plain(step, performance, deed);
      switch (step.do) {
        case 'revoke':
          return await plain(step, performance, async () => {
            const token = tokens.named(step.token);
            await revokeAt(idp, { ...wiring, inBody: can('client-secret-post') }, token);
            return { outcome: 'accepted', detail: 'revoked', token };
          });
        case 'drive': {
          const { with: given } = step;
          const session = `${given.user ?? 'alice'} ${tag}${given.browser === undefined ? '' : ` ${given.browser}`}`;
          const bound = given.outlast === true ? deadlines.outlast : stepBound;
          const once = (ends?: Ends) => drive(step, session, performance, bound, ends);
          if (given.until === undefined) return await once();
          const declared = given.until as DeclaredTime;
          const until = { outcome: 'accepted', measure: declared, declared } as const;
          return await repeatUntil(until, { target, book, now, signal: performance.signal }, once);
        }
        default:
          throw new FailwellError('usage', `A client cannot '${describe(step)}': that step is another role's.`);
      }
    },
    async control(performance) {
      clock.set(surroundings.clock.now());
      // Somebody who has never been here: neither cookies nor tokens are left from before.
      const session = `control ${random.hex(4)}`;
      const step: DriverStep = { do: 'drive', what: 'work', with: {} };
      return await drive(step, session, performance, bounds.control);
    },
    isControl: (step: Step) => isControl(step, primary),
    byHand: () => last,
    async [Symbol.asyncDispose]() {
      await doer?.close?.();
      await wires[Symbol.asyncDispose]();
    },
  };
}

/** Whether a step does what the control does. */
function isControl(step: Step, primary: string): boolean {
  if (step.do !== 'drive' || (step.what !== 'work' && step.what !== primary)) return false;
  return step.with.denies !== true && callbackOf(step.with.callback) === 'own';
}

function callbackOf(given: DriverStep['with'][string] | undefined): Callback {
  if (given === undefined) return 'own';
  if (given === 'own' || given === 'twice' || given === 'of-other-session') return given;
  throw new FailwellError('usage', `There is no callback '${given}': write 'of-other-session' or 'twice'.`);
}

/** The words of an error of the wire, or of the client's death, with its code. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined || error.message.includes(code) ? error.message : `${code}: ${error.message}`;
}
