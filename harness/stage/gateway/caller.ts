import type { OpenLink, Sent } from '../../../mocks/links/link.ts';
import type { Random } from '../../model/fault.ts';
import type { Phase } from '../../model/history.ts';
import type { HttpRequest } from '../../model/http.ts';
import { measured } from '../../model/measure.ts';
import type { ByHand, StepResult } from '../../model/stage.ts';
import type { CallApi, StepOutcome } from '../../model/step.ts';
import type { Target } from '../../model/target.ts';
import { timeLimit } from '../../time-limit.ts';
import { curlLine } from '../by-hand.ts';
import { describe } from '../describe.ts';
import type { Logbook } from '../logbook.ts';
import { type Ends, repeatUntil } from '../until.ts';
import { apiRequest } from './request.ts';

/** One call of the API through the gateway. */
export interface Call {
  readonly step: CallApi;
  readonly phase: Phase;
  readonly token: string | undefined;
  /** Adds the proof of the step to its request. */
  readonly prove?: ((request: HttpRequest) => Promise<HttpRequest>) | undefined;
  /** Milliseconds. */
  readonly bound: number;
  readonly signal: AbortSignal;
  readonly random: Random;
  /** Not what is judged: a part of a parallel step. */
  readonly actor?: string | undefined;
  /** Whether this outcome ends the step; one that does not is recorded as an attempt. */
  readonly ends?: Ends;
}

/** The harness as the caller of the API. */
export interface Caller {
  call(call: Call): Promise<StepResult>;
  /** Repeats a call until its outcome is the wanted one or the declared time and the harness's grace are over. */
  callUntil(call: Call, until: NonNullable<CallApi['until']>): Promise<StepResult>;
  /** The last request of the stimulus. */
  last(): Omit<ByHand, 'caFile'> | undefined;
}

/**
 * @param link `caller→gateway`, once the gateway runs
 * @param served the correlations that the API has seen
 * @param down why there is no link, in a few words
 */
export function createCaller(options: {
  readonly target: Target;
  readonly book: Logbook;
  readonly link: () => OpenLink | undefined;
  readonly url: () => string | undefined;
  readonly served: (correlation: string) => boolean;
  readonly down: () => string;
  readonly now: () => number;
}): Caller {
  const { target, book, link, url, served, down, now } = options;
  let last: Omit<ByHand, 'caFile'> | undefined;

  async function call({ step, phase, token, prove, bound, signal, random, actor, ends }: Call): Promise<StepResult> {
    const correlation = `fw-${random.hex(6)}`;
    const does = describe(step);
    book.record({ kind: 'step-begun', step: correlation, phase, does });
    const plain = apiRequest(step, correlation, random.hex(16), token);
    const request = (await prove?.(plain)) ?? plain;
    const secrets = token === undefined ? {} : { TOKEN: token };
    if (phase === 'stimulus') last = { how: 'curl', line: curlLine(url() ?? '', request, secrets), secrets };
    const began = now();
    using limit = timeLimit(bound, signal);
    const sent: Omit<Sent, 'exchangeId' | 'error'> & { readonly error?: { readonly code: string } } =
      await (link()?.send(request, { signal: limit.signal }) ?? {
        end: 'refused',
        error: { code: down() },
      });
    const took = now() - began;
    const ranOut = sent.answer === undefined && limit.ranOut;
    if (ranOut) book.record({ kind: 'deadline', what: 'step', milliseconds: bound });
    if (step.outlast === true && (sent.answer !== undefined || ranOut)) {
      book.record(measured('give-up', { milliseconds: took, over: ranOut }, target.declares, 'deadline'));
    }
    const flaws = [...(step.token?.flaws ?? []), ...(step.proof?.flaws ?? [])];
    if (sent.end !== 'refused') for (const { id } of flaws) book.meet(id, 'token');
    const result = { step: correlation, took, ...outcomeOf(sent, served(correlation), phase !== 'stimulus', ranOut) };
    const part = actor ?? (ends?.(result.outcome) === false ? 'attempt' : undefined);
    book.record({ kind: 'step', ...result, phase, does, ...(part !== undefined && { actor: part }) });
    return result;
  }

  return {
    call,
    callUntil: (first, until) =>
      repeatUntil(until, { target, book, now, signal: first.signal }, (ends) => call({ ...first, ends })),
    last: () => last,
  };
}

/** What an answer, or the lack of one, comes to. A control must have done its work. */
function outcomeOf(
  sent: {
    readonly answer?: { readonly status: number };
    readonly end: string;
    readonly error?: { readonly code: string };
  },
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
