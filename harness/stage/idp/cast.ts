import type { Browser } from 'playwright-core';
import { openLink } from '../../../mocks/links/link.ts';
import { launchOffline } from '../../drivers/browser/launch.ts';
import { deadlines } from '../../model/deadlines.ts';
import { FailwellError } from '../../model/error.ts';
import type { AnyFault } from '../../model/fault.ts';
import type { Phase } from '../../model/history.ts';
import type { HttpRequest } from '../../model/http.ts';
import type { ByHand, StepResult } from '../../model/stage.ts';
import type { AskIdp, Authorize, ClientRole, LogOut, Step } from '../../model/step.ts';
import type { IdpWiring, RegisteredClient } from '../../model/target.ts';
import { milliseconds } from '../../model/time.ts';
import { timeLimit } from '../../time-limit.ts';
import type { Backstage, Cast, Performance } from '../cast.ts';
import { describe } from '../describe.ts';
import { type Ends, repeatUntil } from '../until.ts';
import { type UserAgent, userAgent } from '../user-agent/user-agent.ts';
import { clientOf, type Occasion, requestTo } from './ask.ts';
import { curlTo } from './by-hand.ts';
import type { Pairs } from './changes.ts';
import { createStore, type Kept } from './kept.ts';
import { cameOfLogout, logOut } from './log-out.ts';
import { authorize } from './login.ts';
import { marksOf } from './marks.ts';
import { discover, type Metadata, metadataOf } from './metadata.ts';
import { clockMistake, mistakeIn, unknownClients } from './mistakes.ts';
import { type Came, cameOf } from './outcome.ts';
import { ownEndpointsFor } from './own-endpoints.ts';
import { paced } from './pace.ts';
import { type Registered, register } from './registration.ts';
import { storeFor } from './store.ts';
import { type Ledger, tidyUp } from './tidy.ts';
import { waitOut } from './wait-out.ts';
import { idpParties, scopeFor } from './wiring.ts';

/** A request for tokens with a code that nobody has issued. */
const noCode = (client: RegisteredClient | undefined) => ({
  grant_type: 'authorization_code',
  code: 'nobody-has-issued-this-code',
  redirect_uri: client?.redirectUris[0] ?? '',
});

/** What is kept when a step does not say under which name. */
const usualName = 'login';

/**
 * Around an IdP: its clients and the browsers of their users, all of them the harness. Everything that they send goes
 * through the link `caller→idp`.
 */
export async function idpCast(backstage: Backstage): Promise<Cast> {
  const { target, surroundings, running, book, now, observe } = backstage;
  const { ca, tls, clock } = surroundings;
  const manners = target.idp ?? {};
  const place = { ca, tls, host: '127.0.0.1', port: 0, clock };
  await using opening = new AsyncDisposableStack();
  const own = opening.use(await ownEndpointsFor(backstage));
  const store = opening.use(await storeFor(backstage));
  let wiring: IdpWiring = {
    ...idpParties,
    clients: { ...idpParties.clients, ...own?.clients },
    ...(manners.given as Partial<IdpWiring>),
    ...place,
    ...(store !== undefined && { store: store.place }),
  };
  // Only a server that lives on has something to be rid of.
  const ledger: Ledger | undefined = target.driver.kind === 'remote' ? { grants: [], browsers: [] } : undefined;
  let registered: Registered | undefined;
  const all = createStore();
  const browsers = new Map<string, UserAgent['cookies']>();
  const links = new Map<string, Awaited<ReturnType<typeof openLink>>>();
  for (const { link } of [own, store].filter((one) => one !== undefined)) links.set(link.name, link);
  const scope = manners.scope ?? scopeFor(target, wiring.scope);
  let { random } = backstage;
  let moved = 0;
  let moveClock: ((by: number) => Promise<void>) | undefined;
  let known: { readonly metadata: Metadata; readonly origin: string; readonly ours: boolean } | undefined;
  let last: Omit<ByHand, 'caFile'> | undefined;
  /** The target's own clock is wrong: each of its answers is made by it. */
  let clockFaults: readonly AnyFault[] = [];

  let leaving = false;
  let proven = false;
  const byBrowser = typeof manners.login === 'object' && 'browser' in manners.login;
  let launched: Browser | undefined;

  const link = () => (running.alive || leaving ? links.get('caller→idp') : undefined);

  function occasion(correlation: string): Occasion {
    if (known === undefined) throw new FailwellError('target-not-ready', `${target.id} ${running.downBecause}`);
    const marks = marksOf(known.origin, correlation, random.hex(16));
    const asClient = { key: own?.key, publish: own?.publish };
    const { username, password } = wiring.user;
    const named = { ...all.named(), username, password, scope, 'scope.less': scope.replace(/ \S+$/, '') };
    return { metadata: known.metadata, wiring, manners, now: clock.now(), random, ...asClient, known: named, marks };
  }

  /** Does something as one step, and records its begin and end. */
  async function doing(
    step: Step | string,
    { phase, actor, signal }: Performance,
    ends: Ends | undefined,
    does: (correlation: string, signal: AbortSignal) => Promise<Came>,
  ): Promise<StepResult> {
    const correlation = `fw-${random.hex(6)}`;
    const words = typeof step === 'string' ? step : describe(step);
    const bound = byBrowser ? deadlines.browser : phase === 'stimulus' ? deadlines.step : deadlines.control;
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

  /** What is judged is what somebody may want to send again. */
  function noted(phase: Phase, request: HttpRequest): void {
    if (phase === 'stimulus' && known !== undefined) last = curlTo(known.origin, request, known.ours);
  }

  /** Why a step cannot be done as this client. */
  function nobody(role: ClientRole): Came | undefined {
    if (wiring.clients[role] !== undefined) return undefined;
    return { outcome: 'indeterminate', detail: `the target's 'idp.given' names no ${role} client` };
  }

  async function ask(step: AskIdp, correlation: string, signal: AbortSignal, phase: Phase): Promise<Came> {
    const of = step.of ?? usualName;
    const needs = !['client-credentials', 'token', 'discovery', 'jwks'].includes(step.what) || step.of !== undefined;
    const kept = needs ? all.get(of) : undefined;
    const client = step.client ?? kept?.client ?? 'confidential';
    const unable = nobody(client);
    if (unable !== undefined) return unable;
    const { request, url } = requestTo(step, kept, occasion(correlation));
    mustBeHere(url);
    noted(phase, request);
    const sent = (await link()?.send(request, { signal })) ?? { end: 'refused' as const };
    const came = cameOf(step.what, sent, signal.aborted);
    if (came.kept !== undefined) {
      const got: Kept = { ...kept, client, ...came.kept };
      all.put(step.keep ?? of, got);
      ledger?.grants.push(got);
    }
    return came;
  }

  function browser(step: Pick<Authorize, 'browser'>, marks: Pairs): UserAgent {
    const cookies = step.browser === undefined ? undefined : browsers.get(step.browser);
    const agent = userAgent({
      linkTo: ({ origin }) => (origin === known?.origin ? link() : undefined),
      headers: () => marks,
      ...(cookies !== undefined && { cookies }),
    });
    if (step.browser !== undefined) browsers.set(step.browser, agent.cookies);
    return agent;
  }

  /** Asks the IdP what the token of a step is for: no part of what is judged. */
  async function readByIntrospection({ of, keep = of }: AskIdp, performance: Performance): Promise<void> {
    if (!target.capabilities.includes('introspection')) return;
    const step: AskIdp = { do: 'ask-idp', what: 'introspect', ...(keep !== undefined && { of: keep }) };
    const reading = { ...performance, actor: 'introspection' };
    await doing(step, reading, undefined, (id, signal) => ask(step, id, signal, 'control-after'));
  }

  async function logIn(step: Authorize, correlation: string, signal: AbortSignal, phase: Phase): Promise<Came> {
    const unable = nobody(step.client ?? 'confidential');
    if (unable !== undefined) return unable;
    const at = occasion(correlation);
    const keep = step.keep ?? usualName;
    const agent = browser(step, at.marks);
    ledger?.browsers.push({ agent, kept: () => ledger.grants.findLast(({ state }) => state === came.kept?.state) });
    const came = await authorize({
      step,
      scope,
      occasion: at,
      user: wiring.user,
      agent,
      known: { ...all.find(keep) },
      signal,
      shown: ({ url, html, source }) =>
        book.record({ kind: 'page', step: correlation, url, text: html.text || source }),
      begun: (request) => noted(phase, request),
      browser: launched,
      // The console of a page of the IdP is nobody's log: its operator does not see it.
      log: (line) => book.record({ kind: 'log', ...line, party: 'browser' }),
    });
    if (came.kept !== undefined) all.put(keep, { client: step.client ?? 'confidential', ...came.kept });
    return came;
  }

  async function leave(step: LogOut, correlation: string, signal: AbortSignal): Promise<Came> {
    const { metadata, wiring: told, marks } = occasion(correlation);
    const { client, id_token: hint = '' } = all.get(step.of ?? usualName);
    const { id, postLogoutRedirectUris: [goesTo] = [] } = clientOf(told.clients, client);
    const agent = browser(step, marks);
    return cameOfLogout(await logOut({ agent, metadata, hint, clientId: id, goesTo, signal }), goesTo);
  }

  function mustBeHere(url: string): void {
    if (new URL(url).origin === known?.origin) return;
    throw new FailwellError(
      'config',
      `${target.id} names the endpoint ${url}, which is not at ${known?.origin ?? 'its URL'}: let its metadata name the URL on which it serves.`,
    );
  }

  /** Gives back what was issued and registered, within the time that a target has to stop. */
  async function giveBack(): Promise<void> {
    // A server that runs elsewhere is still there when the stage has let go of it.
    leaving = target.driver.kind === 'remote';
    const wire = link();
    if (wire === undefined || known === undefined) return;
    using limit = timeLimit(2 * deadlines.control, new AbortController().signal);
    const { signal } = limit;
    const at = { ...occasion('leaving'), marks: marksOf(known.origin, 'leaving', random.hex(16)) };
    if (ledger !== undefined) await tidyUp(ledger, at, (request) => wire.send(request, { signal }), signal);
    await registered?.remove(signal);
  }

  /** A control that does not pass, in sentences; before the first that did, all that is wrong is looked for. */
  async function mistaken(came: Came, at: 'authorization' | 'token', id: string, signal: AbortSignal): Promise<Came> {
    const first = mistakeIn(came, at, wiring.clients.confidential, { scope, user: wiring.user.username });
    if (proven) return { ...came, detail: first };
    const redeem = (client: ClientRole) => {
      const step: AskIdp = { do: 'ask-idp', what: 'token', client, parameters: noCode(wiring.clients[client]) };
      return ask(step, id, signal, 'control-before');
    };
    const clients = target.capabilities.includes('client-secret') ? await unknownClients(wiring.clients, redeem) : [];
    const also = [...clients, clockMistake(known?.metadata.date, clock.now())];
    const all = [first, ...also.filter((one) => one !== undefined && one !== first)];
    return { ...came, detail: all.join('; and ') };
  }

  const behind = opening.move();
  return {
    links,
    get wiring() {
      return wiring;
    },
    async connect(instance) {
      const { url } = instance;
      moveClock =
        instance.moveClock &&
        (async (by) => {
          moved += by;
          await instance.moveClock?.(moved);
        });
      const { origin } = new URL(url);
      const opened = await openLink({
        name: 'caller→idp',
        listen: false,
        origin: { url: origin, ...(instance.authority !== 'trusted' && { ca: instance.authority ?? ca.pem }) },
        observe(seen) {
          if (seen.response !== undefined) for (const fault of clockFaults) book.meet(fault.id, 'token');
          observe(seen);
        },
        now,
        endpointOf: (path) => known?.metadata.endpointOf(path) ?? 'other',
        correlationOf: ({ headers }) => /\((fw-[0-9a-f]+)\)/.exec(headers.join())?.[1],
      });
      links.set('caller→idp', manners.pace === undefined ? opened : paced(opened, milliseconds(manners.pace)));
      const issuer = manners.issuer?.(url) ?? url;
      const document = manners.metadata?.(url);
      const marks = marksOf(origin, 'discovery', random.hex(16));
      using limit = timeLimit(deadlines.control, new AbortController().signal);
      const metadata =
        document === undefined ? await discover(issuer, opened, marks, limit.signal) : metadataOf(issuer, document);
      known = { metadata, origin, ours: instance.authority === undefined };
      last = undefined;
      if (byBrowser) launched ??= await launchOffline();
      own?.trust(metadata.issuer, async () => {
        const asked = { do: 'ask-idp', what: 'jwks' } as const;
        const { request } = requestTo(asked, undefined, occasion('logout-token'));
        using within = timeLimit(deadlines.control, new AbortController().signal);
        const { answer } = await opened.send(request, { signal: within.signal });
        return JSON.parse(Buffer.from(answer?.body ?? '').toString());
      });
      if (manners.registers === undefined) return;
      const { initialAccessToken } = manners.registers;
      registered = await register({
        link: opened,
        metadata,
        wanted: idpParties.clients,
        scope,
        initialAccessToken,
        marks,
        signal: limit.signal,
      });
      wiring = { ...wiring, clients: registered.clients as IdpWiring['clients'] };
    },
    begin(by) {
      random = by;
      all.clear();
      browsers.clear();
    },
    secrets: () => [
      ...Object.values(wiring.clients).flatMap(({ secret }) =>
        secret === undefined ? [] : [['client_secret', secret] as const],
      ),
      ['password', wiring.user.password],
    ],
    disturbed(standing) {
      clockFaults = standing.filter(({ seam }) => seam === 'clock');
    },
    async perform(step, performance) {
      switch (step.do) {
        case 'ask-idp': {
          const once = (ends?: Ends) =>
            doing(step, performance, ends, (id, signal) => ask(step, id, signal, performance.phase));
          const { until, introspected } = step;
          if (until !== undefined)
            return await repeatUntil(until, { target, book, now, signal: performance.signal }, once);
          const result = await once();
          if (introspected && result.outcome === 'accepted') await readByIntrospection(step, performance);
          return result;
        }
        case 'authorize':
          return await doing(step, performance, undefined, (id, signal) => logIn(step, id, signal, performance.phase));
        case 'log-out':
          return await doing(step, performance, undefined, (id, signal) => leave(step, id, signal));
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
      doing('the control', performance, undefined, async (id, signal) => {
        const keep = `control ${id}`;
        if (!target.capabilities.includes('authorization-code'))
          return await ask({ do: 'ask-idp', what: 'client-credentials', keep }, id, signal, performance.phase);
        const login = await logIn({ do: 'authorize', keep }, id, signal, performance.phase);
        if (login.outcome !== 'accepted') return await mistaken(login, 'authorization', id, signal);
        const came = await ask({ do: 'ask-idp', what: 'redeem', of: keep }, id, signal, performance.phase);
        if (came.outcome !== 'accepted') return await mistaken(came, 'token', id, signal);
        proven = true;
        return came;
      }),
    // Between the callers and the IdP nothing could refuse them without a trace; between it and its store, something could.
    isControl: (step) => step.do === 'authorize' && Object.keys(step).length === 1,
    byHand: () => last,
    async [Symbol.asyncDispose]() {
      await giveBack().catch(() => undefined);
      await launched?.close();
      for (const opened of links.values()) await opened[Symbol.asyncDispose]();
      await behind.disposeAsync();
    },
  };
}
