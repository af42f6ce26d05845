import type { ConnectionPlan, Delivery, HttpAnswer, HttpRequest, PlannedAnswer } from '../../harness/model/http.ts';
import type { Board, Placement } from './board.ts';
import { resetOnPurpose } from './delivery.ts';
import { seenAt, type WireErrors } from './exchange.ts';
import type { Failure } from './failure.ts';
import type { FarEnd } from './far-end.ts';
import type { Marks } from './timing.ts';

/** A request that has been to the far end and back, or as far as the faults let it. */
export interface Carried {
  /** As it went on, after the faults. */
  readonly request: HttpRequest;
  /** What the near end shall get. */
  readonly planned: PlannedAnswer;
  /** Why the near end gets less than an answer, if no fault on the answer is the reason. */
  readonly failure?: Failure | undefined;
  /** Faults that acted in the far end. */
  readonly also?: readonly string[] | undefined;
  readonly overcome?: WireErrors | undefined;
}

interface Carrier {
  readonly board: Board;
  readonly far: FarEnd;
  readonly signal: AbortSignal;
  /** Collects the faults that act. */
  readonly acted: Placement[];
  readonly marks: Marks;
}

const nothing: HttpAnswer = { status: 0, headers: [], body: new Uint8Array() };
const silent: Delivery = { upTo: 'nothing', ending: 'reset' };
const refusedOnPurpose = seenAt('near', 'ECONNREFUSED', 'the link refused the connection');

/** Takes a request through the faults to the far end, and its answer back through the faults. */
export async function carry(asked: HttpRequest, carrier: Carrier, connection?: ConnectionPlan): Promise<Carried> {
  const { board, far, signal, acted, marks } = carrier;
  const plan = board.change('link/connection', connection ?? { how: 'accept' }, acted, asked.path);
  if (plan.how !== 'accept') return { request: asked, ...broken(plan) };

  const request = board.change('link/request', asked, acted, asked.path);
  const { answer, failure, faults, ...rest } = await far.ask(request, signal, marks);
  if (failure) return { request, planned: undone(answer, failure), failure };
  return { request, planned: faulted(answer, board, acted, asked.path), also: faults, ...rest };
}

/** The answer after the faults on it. */
export function faulted(answer: HttpAnswer, board: Board, acted: Placement[], path: string): PlannedAnswer {
  const { status, headers, body } = answer;
  return board.change('link/answer', { status, headers, body, at: Date.now() }, acted, path);
}

/** A transparent wire: what the far end left undone is left undone here in the same way. */
export function undone(answer: HttpAnswer | undefined, { end }: Failure): PlannedAnswer {
  const begun = answer !== undefined && end === 'truncated';
  return { ...(answer ?? nothing), at: 0, delivery: begun ? { upTo: answer.body.byteLength } : silent };
}

/** What a request gets whose connection was broken, as an answer to it. */
function broken(plan: BrokenConnection): Pick<Carried, 'planned' | 'failure'> {
  const answered = (delivery: Delivery) => ({ planned: { ...nothing, at: 0, delivery } });
  switch (plan.how) {
    case 'hang':
      return answered({ upTo: 'nothing', ending: 'hang' });
    case 'close':
      return answered({ upTo: 'nothing', ending: 'close' });
    case 'speak':
      return answered({ preamble: plan.text, upTo: 'nothing', ending: 'close' });
    case 'refuse':
      return { ...answered(silent), failure: { end: 'refused', errors: refusedOnPurpose } };
    case 'reset':
      return { ...answered(silent), failure: { end: 'reset', errors: resetOnPurpose } };
  }
}

type BrokenConnection = Exclude<ConnectionPlan, { readonly how: 'accept' }>;
