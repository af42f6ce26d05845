import { openLink } from '../../../mocks/links/link.ts';
import { deadlines } from '../../model/deadlines.ts';
import { FailwellError } from '../../model/error.ts';
import type { StepResult } from '../../model/stage.ts';
import type { AskIdp, Authorize, Step } from '../../model/step.ts';
import type { IdpWiring, Target } from '../../model/target.ts';
import { timeLimit } from '../../time-limit.ts';
import type { Backstage, Cast, Performance } from '../cast.ts';
import { describe } from '../describe.ts';
import { type Ends, repeatUntil } from '../until.ts';
import { type UserAgent, userAgent } from '../user-agent/user-agent.ts';
import { type Occasion, requestTo } from './ask.ts';
import type { Pairs } from './changes.ts';
import { createStore } from './kept.ts';
import { authorize } from './login.ts';
import { discover, type Metadata, metadataOf } from './metadata.ts';
import { type Came, cameOf } from './outcome.ts';
import { waitOut } from './wait-out.ts';
import { idpParties } from './wiring.ts';

/** What is kept when a step does not say under which name. */
const usualName = 'login';

/** One request or walk: its id is on every request of it, in the field that access logs show. */
const marksOf = (origin: string, correlation: string, trace: string): Pairs => [
  ['Host', new URL(origin).host],
  ['User-Agent', `failwell/1 (${correlation})`],
  ['traceparent', `00-${trace}-${trace.slice(0, 16)}-01`],
];

/**
 * Around an IdP: its clients and the browsers of their users, all of them the harness. Everything that they send goes
 * through the link `caller→idp`.
 */
export async function idpCast(backstage: Backstage): Promise<Cast> {
  const { target, surroundings, running, book, now, observe } = backstage;
  const { ca, tls, clock } = surroundings;
  const wiring: IdpWiring = { ...idpParties, ca, tls, host: '127.0.0.1', port: 0, clock };
  const manners = target.idp ?? {};
  const store = createStore();
  const browsers = new Map<string, UserAgent['cookies']>();
  const links = new Map<string, Awaited<ReturnType<typeof openLink>>>();
  const scope = manners.scope ?? scopeFor(target, wiring.scope);
  let { random } = backstage;
  let moved = 0;
  let moveClock: ((by: number) => Promise<void>) | undefined;
  let known: { readonly metadata: Metadata; readonly origin: string } | undefined;

  const link = () => (running.alive ? links.get('caller→idp') : undefined);

  function occasion(correlation: string): Occasion {
    if (known === undefined) throw new FailwellError('target-not-ready', `${target.id} ${running.downBecause}`);
    const marks = marksOf(known.origin, correlation, random.hex(16));
    return { metadata: known.metadata, wiring, manners, now: clock.now(), random, marks };
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
    const bound = phase === 'stimulus' ? deadlines.step : deadlines.control;
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

  async function ask(step: AskIdp, correlation: string, signal: AbortSignal): Promise<Came> {
    const of = step.of ?? usualName;
    const needs = !['client-credentials', 'token', 'discovery', 'jwks'].includes(step.what) || step.of !== undefined;
    const kept = needs ? store.get(of) : undefined;
    const { request, url } = requestTo(step, kept, occasion(correlation));
    mustBeHere(url);
    const sent = (await link()?.send(request, { signal })) ?? { end: 'refused' as const };
    const came = cameOf(step.what, sent, signal.aborted);
    const client = step.client ?? kept?.client ?? 'confidential';
    if (came.kept !== undefined) store.put(step.keep ?? of, { ...kept, client, ...came.kept });
    return came;
  }

  function browser(step: Authorize, marks: Pairs): UserAgent {
    const cookies = step.browser === undefined ? undefined : browsers.get(step.browser);
    const agent = userAgent({
      linkTo: ({ origin }) => (origin === known?.origin ? link() : undefined),
      headers: () => marks,
      ...(cookies !== undefined && { cookies }),
    });
    if (step.browser !== undefined) browsers.set(step.browser, agent.cookies);
    return agent;
  }

  async function logIn(step: Authorize, correlation: string, signal: AbortSignal): Promise<Came> {
    const at = occasion(correlation);
    const keep = step.keep ?? usualName;
    const came = await authorize({
      step,
      scope,
      occasion: at,
      user: wiring.user,
      agent: browser(step, at.marks),
      known: { ...store.find(keep) },
      signal,
      shown: ({ url, html, source }) =>
        book.record({ kind: 'page', step: correlation, url, text: html.text || source }),
    });
    if (came.kept !== undefined) store.put(keep, { client: step.client ?? 'confidential', ...came.kept });
    return came;
  }

  function mustBeHere(url: string): void {
    if (new URL(url).origin === known?.origin) return;
    throw new FailwellError(
      'config',
      `${target.id} names the endpoint ${url}, which is not at ${known?.origin ?? 'its URL'}: let its metadata name the URL on which it serves.`,
    );
  }

  return {
    links,
    wiring,
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
        origin: { url: origin, ca: ca.pem },
        observe,
        now,
        endpointOf: (path) => known?.metadata.endpointOf(path) ?? 'other',
        correlationOf: ({ headers }) => /\((fw-[0-9a-f]+)\)/.exec(headers.join())?.[1],
      });
      links.set('caller→idp', opened);
      const issuer = manners.issuer?.(url) ?? url;
      const document = manners.metadata?.(url);
      const marks = marksOf(origin, 'discovery', random.hex(16));
      using limit = timeLimit(deadlines.control, new AbortController().signal);
      const metadata =
        document === undefined ? await discover(issuer, opened, marks, limit.signal) : metadataOf(issuer, document);
      known = { metadata, origin };
    },
    begin(by) {
      random = by;
      store.clear();
      browsers.clear();
    },
    secrets: () => [
      ...Object.values(wiring.clients).flatMap(({ secret }) =>
        secret === undefined ? [] : [['client_secret', secret] as const],
      ),
      ['password', wiring.user.password],
    ],
    disturbed() {},
    async perform(step, performance) {
      switch (step.do) {
        case 'ask-idp': {
          const once = (ends?: Ends) => doing(step, performance, ends, (id, signal) => ask(step, id, signal));
          return step.until === undefined
            ? await once()
            : await repeatUntil(step.until, { target, book, now, signal: performance.signal }, once);
        }
        case 'authorize':
          return await doing(step, performance, undefined, (id, signal) => logIn(step, id, signal));
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
          return await ask({ do: 'ask-idp', what: 'client-credentials', keep }, id, signal);
        const login = await logIn({ do: 'authorize', keep }, id, signal);
        if (login.outcome !== 'accepted') return { ...login, detail: `a login that came to ${login.detail}` };
        return await ask({ do: 'ask-idp', what: 'redeem', of: keep }, id, signal);
      }),
    // Nothing stands between the callers and the IdP that could refuse them without a trace.
    isControl: () => false,
    lastRequest: () => undefined,
    async [Symbol.asyncDispose]() {
      for (const opened of links.values()) await opened[Symbol.asyncDispose]();
    },
  };
}

/** What a client asks for by default: as much as the IdP can do. */
function scopeFor({ capabilities }: Target, api: string): string {
  const openid = capabilities.includes('openid');
  const refresh = openid && capabilities.includes('refresh-token');
  return [...(openid ? ['openid'] : []), ...(refresh ? ['offline_access'] : []), api].join(' ');
}
