import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import { withField, withoutField } from './answer.ts';

/** The correct body under another media type (RFC 9110 §8.3). */
export function wrongContentType({
  type = 'text/plain',
  cause = 'idp/token-issuance',
}: {
  readonly type?: string;
  readonly cause?: CauseId;
} = {}): Fault<'link/answer'> {
  return {
    id: `http/content-type-${type.replace(/[^a-z0-9]+/gi, '-')}`,
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary: `the answer says Content-Type: ${type}`,
    apply: (answer) => ({ ...answer, headers: withField(answer.headers, 'Content-Type', type) }),
  };
}

/** The correct body under no media type. */
export function missingContentType({
  cause = 'idp/token-issuance',
}: {
  readonly cause?: CauseId;
} = {}): Fault<'link/answer'> {
  return {
    id: 'http/content-type-missing',
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary: 'the answer has no Content-Type',
    apply: (answer) => {
      const headers = withoutField(answer.headers, 'Content-Type');
      return headers === answer.headers ? answer : { ...answer, headers };
    },
  };
}
