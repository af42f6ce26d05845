import type { ConnectionPlan, Delivery, HttpAnswer, HttpRequest, PlannedAnswer } from '../../harness/model/http.ts';
import type { Board, Placement } from './board.ts';
import { resetOnPurpose } from './delivery.ts';
import type { WireError } from './exchange.ts';
import type { Failure } from './failure.ts';
import type { FarEnd } from './far-end.ts';

/** A request that has been to the far end and back, or as far as the faults let it. */
interface Carried {
  /** As it went on, after the faults. */
  readonly request: HttpRequest;
  /** What the near end shall get. */
  readonly planned: PlannedAnswer;
  /** Why the near end gets less than an answer, if no fault on the answer is the reason. */
  readonly failure?: Failure | undefined;
  /** Faults that acted in the far end. */
  readonly also?: readonly string[] | undefined;
}

interface Carrier {
  readonly board: Board;
  readonly far: FarEnd;
  readonly signal: AbortSignal;
  /** Collects the faults that act. */
  readonly acted: Placement[];
}

const nothing: HttpAnswer = { status: 0, headers: [], body: new Uint8Array() };
const whole: Delivery = { how: 'whole' };
const silent: Delivery = { how: 'reset', bytes: 0, headers: false };
const refusedOnPurpose: WireError = { side: 'near', code: 'ECONNREFUSED', message: 'the link refused the connection' };

/** Takes a request through the faults to the far end, and its answer back through the faults. */
export async function carry(asked: HttpRequest, carrier: Carrier, connection?: ConnectionPlan): Promise<Carried> {
  const { board, far, signal, acted } = carrier;
  const plan = board.change('link/connection', connection ?? { how: 'accept' }, acted, asked.path);
  if (plan.how !== 'accept') return { request: asked, ...broken(plan.how) };

  const request = board.change('link/request', asked, acted, asked.path);
  const { answer, failure, faults } = await far.ask(request, signal);
  if (failure) {
    // A transparent wire: what the far end left undone is left undone here in the same way.
    const begun = answer !== undefined && failure.end === 'truncated';
    const delivery: Delivery = begun ? { how: 'truncated', bytes: answer.body.byteLength } : silent;
    return { request, planned: { ...(answer ?? nothing), delivery }, failure };
  }
  const { status, headers, body } = answer;
  const planned = board.change('link/answer', { status, headers, body, delivery: whole }, acted, asked.path);
  return { request, planned, also: faults };
}

function broken(how: 'refuse' | 'hang' | 'reset'): Pick<Carried, 'planned' | 'failure'> {
  if (how === 'hang') return { planned: { ...nothing, delivery: { how: 'hang' } } };
  const planned = { ...nothing, delivery: silent };
  if (how === 'refuse') return { planned, failure: { end: 'refused', error: refusedOnPurpose } };
  return { planned, failure: { end: 'reset', error: resetOnPurpose } };
}
