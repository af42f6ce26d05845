import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import { family } from '../idp/family.ts';
import { textOf, withBody, withField, withoutField } from './answer.ts';

interface Blame {
  /** Default `idp/token-issuance`. */
  readonly cause?: CauseId;
}

const fault = family('http', { seam: 'link/answer', layer: 'http', cause: 'idp/token-issuance' });

/** The correct body under another media type (RFC 9110 §8.3). */
export function wrongContentType({
  type = 'text/plain',
  cause,
}: Blame & { readonly type?: string } = {}): Fault<'link/answer'> {
  return fault(
    `content-type-${type.replace(/[^a-z0-9]+/gi, '-')}`,
    `the answer says Content-Type: ${type}`,
    (answer) => ({ ...answer, headers: withField(answer.headers, 'Content-Type', type) }),
    cause,
  );
}

/** The correct body under no media type. */
export function missingContentType({ cause }: Blame = {}): Fault<'link/answer'> {
  return fault(
    'content-type-missing',
    'the answer has no Content-Type',
    (answer) => {
      const headers = withoutField(answer.headers, 'Content-Type');
      return headers === answer.headers ? answer : { ...answer, headers };
    },
    cause,
  );
}

/** The right media type, and then another (RFC 9110 §5.3 forbids two of this field). */
export function doubledContentType({
  second = 'text/html',
  cause,
}: Blame & { readonly second?: string } = {}): Fault<'link/answer'> {
  return fault(
    'content-type-doubled',
    `a second Content-Type says ${second}`,
    (answer) => ({ ...answer, headers: [...answer.headers, ['Content-Type', second] as const] }),
    cause,
  );
}

/** The body in UTF-16 and said to be so: no JSON between systems (RFC 8259 §8.1). */
export function utf16({ cause }: Blame = {}): Fault<'link/answer'> {
  return fault(
    'charset-utf-16',
    'the body is in UTF-16 and says so',
    (answer) => withBody(answer, Buffer.from(`\ufeff${textOf(answer)}`, 'utf16le'), 'application/json; charset=utf-16'),
    cause,
  );
}

/** The body is UTF-8 and said to be something that nobody knows. */
export function unknownCharset({ cause }: Blame = {}): Fault<'link/answer'> {
  return fault(
    'charset-unknown',
    'the body is UTF-8 and is said to be in an unknown charset',
    (answer) => ({ ...answer, headers: withField(answer.headers, 'Content-Type', 'application/json; charset=x-none') }),
    cause,
  );
}
