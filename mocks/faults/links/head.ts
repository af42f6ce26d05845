import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { Headers, PlannedAnswer } from '../../../harness/model/http.ts';
import { family } from '../idp/family.ts';
import { delivered, textOf, withoutField } from './answer.ts';

interface Blame {
  /** Default `network/intermittent`. */
  readonly cause?: CauseId;
}

const fault = family('http', { seam: 'link/answer', layer: 'http', cause: 'network/intermittent' });

const head =
  (variant: string, summary: string, apply: (answer: PlannedAnswer) => PlannedAnswer) =>
  ({ cause }: Blame = {}): Fault<'link/answer'> =>
    fault(variant, summary, apply, cause);

/** Fields as they stand, after a right `Content-Length`; nothing but them is wrong. */
function unchecked(answer: PlannedAnswer, more: Headers): PlannedAnswer {
  const length = String(answer.body.byteLength);
  const others = withoutField(answer.headers, 'Content-Length');
  const sound: Headers = [...others, ['Content-Length', length], ['Connection', 'close']];
  return delivered({ ...answer, headers: [...sound, ...more] }, { unframed: true, ending: 'close' });
}

/** A status that is no number (RFC 9112 §4). */
export const statusLineGarbage = head('status-line-garbage', 'the status is a word and no number', (answer) =>
  delivered(answer, { statusLine: () => 'HTTP/1.1 okay', ending: 'close' }),
);

/** A version of HTTP that there is none of (RFC 9112 §2.3). */
export const versionUnknown = head('version-unknown', 'the status line says HTTP/9.9', (answer) =>
  delivered(answer, { statusLine: (status) => `HTTP/9.9 ${status} OK`, ending: 'close' }),
);

/** No reason phrase after the space: a must-accept (RFC 9112 §4). */
export const reasonMissing = head('reason-missing', 'the status line has no reason phrase', (answer) =>
  delivered(answer, { statusLine: (status) => `HTTP/1.1 ${status} `, ending: 'close' }),
);

/** The body without a head, as HTTP/0.9 had it. */
export const headless = head('headless', 'the body comes without status line and fields', (answer) =>
  delivered(answer, { preamble: textOf(answer), upTo: 'nothing', ending: 'close' }),
);

/** CR and LF inside a value, so that it ends and a field begins that nobody meant (CWE-113). */
export const fieldInjected = head('field-injected', 'CR and LF in a value begin a field of their own', (answer) =>
  unchecked(answer, [['X-Request-Id', '1\r\nX-Injected: yes\r\nSet-Cookie: session=attacker; Path=/']]),
);

/** CR without LF inside a value (RFC 9112 §2.2: invalid, or a space). */
export const bareCarriageReturn = head('bare-cr', 'a value holds CR without LF', (answer) =>
  unchecked(answer, [['X-Request-Id', '1\rX-Injected: yes']]),
);

/** NUL inside a value (RFC 9110 §5.5: invalid and dangerous). */
export const nulInField = head('nul-in-field', 'a value holds NUL', (answer) =>
  unchecked(answer, [['X-Request-Id', 'a\0b']]),
);

/** A space between name and colon (RFC 9112 §5.1: removed by proxies, and how responses are smuggled). */
export const spaceBeforeColon = head('space-before-colon', 'a field has a space before its colon', (answer) =>
  unchecked(answer, [['X-Request-Id ', '1']]),
);

/** A value that goes on in the next line (RFC 9112 §5.2: obsolete). */
export const foldedField = head('folded-field', 'a value goes on in the next line', (answer) =>
  unchecked(answer, [['X-Request-Id', '1\r\n 2']]),
);

/** One field of so many bytes: more than most clients take. */
export function oversizedField({
  bytes = 512 * 1024,
  cause,
}: Blame & { readonly bytes?: number } = {}): Fault<'link/answer'> {
  return fault(
    'field-oversized',
    `one field of the answer is ${bytes} bytes long`,
    (answer) => ({ ...answer, headers: [...answer.headers, ['X-Padding', 'x'.repeat(bytes)] as const] }),
    cause,
  );
}

/** So many small fields. */
export function manyFields({ count = 20_000, cause }: Blame & { readonly count?: number } = {}): Fault<'link/answer'> {
  return fault(
    'many-fields',
    `the answer has ${count} fields more`,
    (answer) => ({
      ...answer,
      headers: [...answer.headers, ...Array.from({ length: count }, (_, at) => [`X-Field-${at}`, 'x'] as const)],
    }),
    cause,
  );
}
