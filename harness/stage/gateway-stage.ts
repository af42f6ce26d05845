import { createApi } from '../../mocks/api/api.ts';
import { attackerHandler } from '../../mocks/forge/attacker.ts';
import { createIdp } from '../../mocks/idp/idp.ts';
import type { SeenExchange } from '../../mocks/links/exchange.ts';
import { type OpenLink, openLink, type Sent } from '../../mocks/links/link.ts';
import { deadlines } from '../model/deadlines.ts';
import { FailwellError } from '../model/error.ts';
import type { Random } from '../model/fault.ts';
import type { Phase, Recording } from '../model/history.ts';
import type { HttpRequest } from '../model/http.ts';
import type { OpenStage, Stage, StepResult } from '../model/stage.ts';
import type { CallApi, Step, StepOutcome, TokenRecipe } from '../model/step.ts';
import type { Instance } from '../model/target.ts';
import { milliseconds } from '../model/time.ts';
import { recordedExchange } from '../record/exchange.ts';
import { startHistory } from '../record/recorder.ts';
import { createSecrets } from '../record/secrets.ts';
import { describe } from './describe.ts';
import { drainLogs, type LogHabit, learnHabit, watchLogs } from './log-watch.ts';
import { apiRequest, curlLine } from './request.ts';
import type { Surroundings } from './surroundings.ts';

const audience = 'https://api.failwell.test';
const scope = 'items:read';
const client = { id: 'failwell-gateway', secret: 'gateway-secret-5f3c9a1e7b' };

/**
 * Stages for gateways: caller (the harness) → gateway (the target) → API, with the mock IdP behind the gateway and an
 * attacker's host that only a flawed one contacts. Every wire between them is a link.
 */
export function gatewayStages(surroundings: Surroundings, seeded: (path: string) => Random): OpenStage {
  const habits = new Map<string, LogHabit>();
  return async ({ target, instance, cold, signal }) => {
    const now = () => performance.now();
    const cleanup = new AsyncDisposableStack();
    try {
      const stage = await build();
      if (!cold) await warmUp(stage);
      return stage;
    } catch (error) {
      await cleanup.disposeAsync();
      throw error;
    }

    async function warmUp(stage: Stage & { habit(control: string): Promise<void> }): Promise<void> {
      const lines: string[] = [];
      const emit = (entry: { kind: string; line?: string }) => entry.kind === 'log' && lines.push(entry.line ?? '');
      stage.begin({ seedPath: `${instance}/first-control`, emit });
      await stage.start(signal);
      const end = now() + deadlines.recovery;
      let control = await stage.control('control-before', signal);
      while (control.outcome !== 'accepted' && stage.alive && now() < end && !signal.aborted) {
        await new Promise((resolve) => setTimeout(resolve, deadlines.recoveryPause));
        control = await stage.control('control-before', signal);
      }
      if (control.outcome === 'accepted') await stage.habit(control.step);
      stage.end();
      if (control.outcome === 'accepted') return;
      throw new FailwellError(
        'target-not-ready',
        `${target.id} started, but a valid token came to ${control.detail}: check its issuer, audience and API settings${lines.length > 0 ? ` (it said: ${lines.slice(-3).join(' | ').slice(0, 500)})` : ''}.`,
      );
    }

    async function build() {
      let recording: Recording | undefined;
      let random = seeded(instance);
      let running: Instance | undefined;
      let exit: string | undefined;
      let lastControl: StepResult | undefined;
      let lastCurl: string | undefined;
      let controlToken: string | undefined;
      const clockFaults = new Set<string>();
      let secrets = createSecrets();
      const named = new Map<string, string>();
      const met = new Set<string>();
      const served = new Set<string>();
      const watch = watchLogs(now);

      const meet = (fault: string, by: 'exchange' | 'token') => {
        if (recording === undefined || met.has(fault)) return;
        met.add(fault);
        recording.record({ kind: 'fault-met', fault, by });
      };
      const observe = (seen: SeenExchange) => {
        if (seen.link === 'gateway→api' && seen.correlation !== undefined) served.add(seen.correlation);
        if (recording === undefined) return;
        recording.record({ kind: 'exchange', link: seen.link, exchange: recordedExchange(seen, recording) });
        for (const fault of seen.faults) meet(fault, 'exchange');
      };
      const correlationOf = (request: HttpRequest) => /\/items\/(fw-[0-9a-f]+)/.exec(request.path)?.[1];
      const open = async (options: Omit<Parameters<typeof openLink>[0], 'observe' | 'now' | 'correlationOf'>) =>
        cleanup.use(await openLink({ ...options, observe, now, correlationOf }));
      const listening = { listen: true, tls: surroundings.tls } as const;

      const idpLink: OpenLink = await open({
        ...listening,
        name: 'gateway→idp',
        origin: { handle: (request) => idp.handle(request) },
        endpointOf: (path) => idp.endpointOf(path),
      });
      const attackerLink = await open({
        ...listening,
        name: 'gateway→attacker',
        origin: { handle: (request) => attacker(request) },
      });
      const apiLink = await open({ ...listening, name: 'gateway→api', origin: createApi() });
      const idp = await createIdp({
        issuer: idpLink.url,
        audience,
        scope,
        clock: surroundings.clock,
        random: { ...random, hex: (bytes) => random.hex(bytes) },
        clients: [client],
        attackerUrl: `${attackerLink.url}/jwks`,
      });
      const attacker = attackerHandler(idp.foreign);
      let callerLink: OpenLink | undefined;

      const mint = async (recipe: TokenRecipe): Promise<string> => {
        const known = recipe.name === undefined ? undefined : named.get(recipe.name);
        if (known !== undefined) return known;
        const token = await idp.mint(recipe);
        if (recipe.name !== undefined) named.set(recipe.name, token);
        secrets.learnToken('access_token', token);
        return token;
      };

      const call = async (
        step: CallApi,
        phase: Phase,
        token: string | undefined,
        options: { bound: number; signal: AbortSignal; actor?: string },
      ): Promise<StepResult> => {
        const correlation = `fw-${random.hex(6)}`;
        const does = describe(step);
        recording?.record({ kind: 'step-begun', step: correlation, phase, does });
        const request = apiRequest(step, correlation, random.hex(16), token);
        if (phase === 'stimulus') lastCurl = curlLine(running?.url ?? '', request, token);
        const began = now();
        const deadline = AbortSignal.timeout(options.bound);
        const sent: Omit<Sent, 'exchangeId' | 'error'> & { error?: { code: string } } =
          callerLink === undefined
            ? { end: 'refused', error: { code: exit ?? 'the target did not start' } }
            : await callerLink.send(request, { signal: AbortSignal.any([options.signal, deadline]) });
        const took = now() - began;
        const ranOut = sent.answer === undefined && deadline.aborted;
        if (ranOut) recording?.record({ kind: 'deadline', what: 'step', milliseconds: options.bound });
        if (sent.end !== 'refused') {
          for (const flaw of step.token?.flaws ?? []) meet(flaw.id, 'token');
          if (token !== undefined && phase === 'stimulus') for (const fault of clockFaults) meet(fault, 'token');
        }
        const { outcome, detail } = outcomeOf(sent, served.has(correlation), phase !== 'stimulus', ranOut);
        const result = { step: correlation, outcome, detail, took };
        recording?.record({ kind: 'step', ...result, phase, does, ...(options.actor && { actor: options.actor }) });
        return result;
      };

      const perform = async (step: Step, phase: Phase, signal: AbortSignal, actor?: string): Promise<StepResult> => {
        const began = now();
        const done = (does: string, outcome: StepOutcome, detail: string): StepResult => {
          const result = { step: `fw-${random.hex(6)}`, outcome, detail, took: now() - began };
          recording?.record({ kind: 'step', ...result, phase, does, ...(actor && { actor }) });
          return result;
        };
        switch (step.do) {
          case 'call-api': {
            const token = step.token === undefined ? undefined : await mint(step.token);
            const declared = target.declares.deadline?.value;
            const bound = Math.max(deadlines.step, declared === undefined ? 0 : 2 * milliseconds(declared) + 2_000);
            const options = { bound, signal, ...(actor && { actor }) };
            if (step.until === undefined) return await call(step, phase, token, options);
            const { outcome, measure, declared: time } = step.until;
            const limit = milliseconds(target.declares[time]?.value ?? '0s') + deadlines.recovery;
            let result = await call(step, phase, token, options);
            while (
              result.outcome !== outcome &&
              result.outcome !== 'indeterminate' &&
              now() - began < limit &&
              !signal.aborted
            ) {
              await new Promise((resolve) => setTimeout(resolve, 250));
              result = await call(step, phase, token, options);
            }
            const declaredMs = target.declares[time] && milliseconds(target.declares[time].value);
            recording?.record({
              kind: 'measure',
              what: measure,
              milliseconds: now() - began,
              ...(declaredMs !== undefined && { declared: declaredMs }),
            });
            return result;
          }
          case 'revoke': {
            const token = named.get(step.token);
            if (token === undefined)
              throw new FailwellError(
                'usage',
                `No token of this scenario is named '${step.token}': give an earlier call's token that name.`,
              );
            idp.revoke(token);
            return done(describe(step), 'accepted', 'revoked');
          }
          case 'rotate-keys':
            await idp.rotateKeys({ withdraw: step.withdraw });
            controlToken = undefined;
            return done(describe(step), 'accepted', 'rotated');
          case 'parallel': {
            const parts = await Promise.all(step.steps.map((part) => perform(part.step, phase, signal, part.actor)));
            const accepted = parts.filter(({ outcome }) => outcome === 'accepted').length;
            return done(
              describe(step),
              accepted > 0 ? 'accepted' : 'refused',
              `${accepted} of ${parts.length} accepted`,
            );
          }
          case 'drive':
            throw new FailwellError(
              'usage',
              `A gateway cannot be driven to '${step.what}': that step belongs to another role.`,
            );
        }
      };

      const stage = {
        instance,
        target,
        get alive() {
          return running !== undefined && exit === undefined;
        },
        get lastControl() {
          return lastControl;
        },
        begin: ({ seedPath, emit }: Parameters<Stage['begin']>[0]) => {
          random = seeded(`${target.id}/${seedPath}`);
          secrets = createSecrets();
          secrets.learn('client_secret', client.secret);
          if (controlToken !== undefined) secrets.learnToken('control_token', controlToken);
          named.clear();
          met.clear();
          served.clear();
          watch.forget();
          lastCurl = undefined;
          recording = startHistory({ secrets, now, emit });
          return recording;
        },
        end: () => {
          recording = undefined;
        },
        async place(placed: Parameters<Stage['place']>[0]) {
          controlToken = undefined;
          const { fault, on } = placed;
          if (fault.seam === 'clock') clockFaults.add(fault.id);
          const link = [idpLink, apiLink, attackerLink, callerLink].find((one) => one?.name === on);
          if (on !== 'idp' && link === undefined) {
            throw new FailwellError(
              'usage',
              `The fault ${fault.id} is placed on '${on}', but a gateway's stage has no such link.`,
            );
          }
          const clear = link === undefined ? idp.place(placed, random) : await link.place(placed, random);
          return async () => {
            controlToken = undefined;
            clockFaults.delete(fault.id);
            await clear();
          };
        },
        async start(within: AbortSignal) {
          recording?.record({ kind: 'target', event: 'started', detail: target.driver.kind });
          try {
            running = await target.driver.start(
              {
                issuer: idpLink.url,
                jwksUri: idp.endpoints.jwks,
                introspectionEndpoint: idp.endpoints.introspection,
                audience,
                scope,
                clientId: client.id,
                clientSecret: client.secret,
                api: apiLink.url,
                ca: surroundings.ca,
                tls: surroundings.tls,
                host: '127.0.0.1',
                port: 0,
                clock: surroundings.clock,
              },
              {
                signal: within,
                log: (stream, line) => {
                  recording?.record({ kind: 'log', stream, line });
                  watch.line(line);
                },
              },
            );
          } catch (error) {
            if (!cold) throw error;
            exit = error instanceof Error ? error.message : String(error);
            recording?.record({ kind: 'target', event: 'not-ready', detail: exit });
            return;
          }
          const { exited, url } = running;
          cleanup.defer(() => running?.stop());
          mustBeLoopback(url);
          void exited.then((words) => {
            exit = words;
            recording?.record({ kind: 'target', event: 'exited', detail: words });
          });
          callerLink = await open({ name: 'caller→gateway', listen: false, origin: { url, ca: surroundings.ca.pem } });
          recording?.record({ kind: 'target', event: 'ready', detail: url });
        },
        perform: (step: Step, phase: Phase, signal: AbortSignal) => perform(step, phase, signal),
        async control(phase: Phase, signal: AbortSignal) {
          const step: CallApi = {
            do: 'call-api',
            token: { format: target.capabilities.includes('jwt') ? 'jwt' : 'opaque', flaws: [] },
          };
          if (controlToken === undefined) {
            controlToken = await idp.mint(step.token as TokenRecipe);
            secrets.learnToken('control_token', controlToken);
          }
          lastControl = await call(step, phase, controlToken, { bound: deadlines.control, signal });
          return lastControl;
        },
        async habit(control: string) {
          if (!habits.has(target.id)) habits.set(target.id, await learnHabit(watch, control, now, signal));
        },
        async drain(signal: AbortSignal) {
          const habit = habits.get(target.id) ?? { marks: false, latency: 0 };
          const marker = stage.alive && lastControl?.outcome !== 'indeterminate' ? lastControl?.step : undefined;
          const doubt = await drainLogs(watch, habit, marker, signal);
          return doubt === undefined ? {} : { doubt };
        },
        curl: () => lastCurl,
        [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
      };
      return stage;
    }
  };
}

/** What an answer, or the lack of one, comes to. A control must have done its work. */
function outcomeOf(
  sent: { answer?: { status: number }; end: string; error?: { code: string } },
  served: boolean,
  control: boolean,
  ranOut: boolean,
): { outcome: StepOutcome; detail: string } {
  if (sent.answer === undefined) {
    return { outcome: 'indeterminate', detail: ranOut ? 'no answer in time' : (sent.error?.code ?? sent.end) };
  }
  const { status } = sent.answer;
  if (status < 200 || status > 299) return { outcome: 'refused', detail: String(status) };
  if (control && !served) return { outcome: 'indeterminate', detail: `${status} without reaching the API` };
  return { outcome: 'accepted', detail: String(status) };
}

function mustBeLoopback(url: string): void {
  const { hostname } = new URL(url);
  if (['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return;
  throw new FailwellError(
    'config',
    `The target serves on ${hostname}, which the config does not name: requests go only to hosts that it names.`,
  );
}
