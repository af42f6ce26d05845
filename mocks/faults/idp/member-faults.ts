import type { Fault, Seam, Seams } from '../../../harness/model/fault.ts';
import type { HttpAnswer } from '../../../harness/model/http.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import { editing, without } from './answer-body.ts';

type AnswerSeam = { [S in Seam]: Seams[S] extends HttpAnswer ? S : never }[Seam];

/** Faults on the members of a family's successful answers: one is missing, or says something else. */
export function memberFaults<S extends AnswerSeam>(
  fault: (variant: string, summary: string, apply: (answer: HttpAnswer) => HttpAnswer) => Fault<S>,
) {
  return {
    says: (variant: string, summary: string, members: JsonObject) =>
      fault(
        variant,
        summary,
        editing((answer) => ({ ...answer, ...members })),
      ),
    lacks: (member: string) =>
      fault(
        `${member.replaceAll('_', '-')}-missing`,
        `${member} is missing`,
        editing((answer) => without(answer, member)),
      ),
  };
}
