import type { Decision } from '../../harness/model/issuing.ts';
import type { Visit } from './endpoint.ts';
import { json, Refusal, unstored } from './http/answer.ts';

/** The scope that is granted. Throws a `Refusal` when a policy is against it. */
export function decided(asked: Decision, visit: Visit): string {
  const { scope, refusal, status = 400 } = visit.decide(asked);
  if (refusal) throw Refusal.with(json(status, refusal, unstored));
  return scope;
}
