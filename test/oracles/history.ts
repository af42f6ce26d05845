import type { Exchange } from '../../harness/model/exchange.ts';
import type { History, Occurrence, Phase } from '../../harness/model/history.ts';
import type { Headers } from '../../harness/model/http.ts';
import type { Link } from '../../harness/model/parties.ts';
import type { StepOutcome } from '../../harness/model/step.ts';

type Of<K extends Occurrence['kind']> = Extract<Occurrence, { kind: K }>;

/** A history of these occurrences, a millisecond apart. */
export function historyOf(...occurrences: readonly (Occurrence | readonly Occurrence[])[]): History {
  return occurrences.flat().map((occurrence, seq) => ({ seq, at: seq, ...occurrence }));
}

let exchanges = 0;

/** An exchange on a link; without a status it never got an answer. */
export function exchange(
  link: Link,
  options: {
    readonly correlation?: string;
    readonly path?: string;
    readonly sent?: Headers;
    /** It was POSTed with this body. */
    readonly form?: string;
    readonly status?: number;
    readonly headers?: Headers;
    readonly body?: string;
    readonly end?: Exchange['end'];
    /** It never became HTTP. */
    readonly bare?: true;
    readonly startedAt?: number;
    readonly endedAt?: number;
    readonly faults?: readonly string[];
  } = {},
): Of<'exchange'> {
  const { correlation, status, headers = [], body = '', sent = [], bare, startedAt = 0, endedAt = 0 } = options;
  const text = (content: string) => ({ text: content, bytes: content.length });
  exchanges += 1;
  return {
    kind: 'exchange',
    link,
    exchange: {
      id: `x${exchanges}`,
      ...(correlation !== undefined && { correlation }),
      startedAt,
      endedAt,
      ...(bare !== true && {
        request: {
          method: options.form === undefined ? 'GET' : 'POST',
          path: options.path ?? `/items/${correlation ?? ''}`,
          headers: sent,
          body: text(options.form ?? ''),
        },
      }),
      ...(status !== undefined && { response: { status, headers, body: text(body) } }),
      end: options.end ?? (status === undefined ? 'closed' : 'complete'),
      faults: options.faults ?? [],
    },
  };
}

/** An answer as a caller sees it. */
export interface Answer {
  readonly status: number;
  readonly headers?: Headers;
  readonly body?: string;
}

/** A call of the API and all that belongs to it: begun, seen by the API, answered, ended. */
export function call(
  phase: Phase,
  options: {
    readonly step?: string;
    /** Default: 200 for a control, 401 for the stimulus. Null: none came. */
    readonly answer?: Answer | null;
    /** Whether the API saw it. Default: when the answer is 2xx. */
    readonly served?: boolean;
    readonly outcome?: StepOutcome;
    readonly took?: number;
    readonly from?: 'previous' | 'twin';
    readonly actor?: string;
  } = {},
): readonly Occurrence[] {
  const {
    step = `fw-${phase}`,
    answer = { status: phase === 'stimulus' ? 401 : 200 },
    took = 2,
    from,
    actor,
  } = options;
  const good = answer !== null && answer.status >= 200 && answer.status < 300;
  const { served = good, outcome = answer === null ? 'indeterminate' : good ? 'accepted' : 'refused' } = options;
  const does = 'call the API';
  const detail = answer === null ? 'no answer' : String(answer.status);
  const ended: Occurrence = {
    kind: 'step',
    step,
    phase,
    does,
    outcome,
    detail,
    took,
    ...(from && { from }),
    ...(actor !== undefined && { actor }),
  };
  if (from !== undefined) return [ended];
  return [
    { kind: 'step-begun', step, phase, does },
    ...(served ? [exchange('gateway→api', { correlation: step, status: 200 })] : []),
    exchange('caller→gateway', { correlation: step, ...answer }),
    ended,
  ];
}

export const log = (line: string, stream = 'stdout'): Of<'log'> => ({ kind: 'log', stream, line });

/** A 401 with these `WWW-Authenticate` fields. */
export const challenged = (...fields: readonly string[]): Answer => ({
  status: 401,
  headers: fields.map((field) => ['WWW-Authenticate', field] as const),
});

/** A history in which the stimulus came to this answer, between two controls. */
export function answered(answer: Answer | null, ...more: readonly Occurrence[]): History {
  return historyOf(
    call('control-before', { from: 'previous' }),
    call('stimulus', { answer }),
    more,
    call('control-after'),
  );
}
