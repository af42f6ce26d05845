import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { PlannedAnswer } from '../../../harness/model/http.ts';
import { textOf, withBody } from './answer.ts';

type AnswerFault = Fault<'link/answer'>;

interface Blame {
  /** Default `idp/token-issuance`; `idp/signing-keys` for a JWK Set, and so on. */
  readonly cause?: CauseId;
}

/** Status and media type are right, and there is nothing in it. */
export function empty(blame: Blame = {}): AnswerFault {
  return body('empty', 'the body is empty', blame, (answer) => withBody(answer, ''));
}

/** A page for people where a machine expects JSON, with status 200: a captive portal, a login wall, an SPA's index. */
export function htmlPage({ cause = 'network/blocked' }: Blame = {}): AnswerFault {
  const page =
    '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>\n';
  return body('html', 'an HTML page with status 200 comes instead', { cause }, (answer) =>
    withBody({ ...answer, status: 200 }, page, 'text/html; charset=utf-8'),
  );
}

/** Text that no JSON parser takes (RFC 8259 §2). */
export function malformedJson(blame: Blame = {}): AnswerFault {
  return body('malformed-json', 'the body is not JSON', blame, (answer) => withBody(answer, "{'keys': undefined,}"));
}

/** The first half of the body, with a `Content-Length` that is right for the half. */
export function truncatedJson(blame: Blame = {}): AnswerFault {
  return body('truncated-json', 'the JSON text stops in the middle', blame, (answer) =>
    withBody(answer, answer.body.subarray(0, Math.floor(answer.body.byteLength / 2))),
  );
}

/** The body and something after it. */
export function trailingGarbage(blame: Blame = {}): AnswerFault {
  return body('trailing-garbage', 'something follows the JSON text', blame, (answer) =>
    withBody(answer, Buffer.concat([answer.body, Buffer.from('\n<!-- served by cache-7 -->\n')])),
  );
}

/** The body inside a JSON array. */
export function jsonArray(blame: Blame = {}): AnswerFault {
  return body('json-array', 'the JSON value is an array, not an object', blame, (answer) =>
    withBody(answer, Buffer.concat([Buffer.from('['), answer.body, Buffer.from(']')])),
  );
}

/** The correct object with a padding member: valid, and at least `bytes` long. */
export function huge({ bytes = 5_000_000, cause }: Blame & { readonly bytes?: number } = {}): AnswerFault {
  return body('huge', `the body is ${bytes} bytes long`, cause === undefined ? {} : { cause }, (answer) => {
    const text = textOf(answer).trim();
    const padding = `"padding":"${'x'.repeat(Math.max(0, bytes - text.length))}"`;
    const members = text.startsWith('{') ? text.slice(1).trimStart() : '}';
    return withBody(answer, `{${padding}${members.startsWith('}') ? '' : ','}${members}`);
  });
}

/** Arrays in arrays, `levels` deep: exhausts a recursive parser. */
export function deepJson({ levels = 100_000, cause }: Blame & { readonly levels?: number } = {}): AnswerFault {
  return body('deep-json', `the JSON value is ${levels} levels deep`, cause === undefined ? {} : { cause }, (answer) =>
    withBody(answer, `{"deep":${'['.repeat(levels)}${']'.repeat(levels)}}`),
  );
}

/** A byte order mark before the body, which RFC 8259 §8.1 forbids to send and allows to ignore. */
export function byteOrderMark(blame: Blame = {}): AnswerFault {
  return body('byte-order-mark', 'a byte order mark stands before the JSON text', blame, (answer) =>
    withBody(answer, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), answer.body])),
  );
}

/** A comma after the last member, which JSON does not have. */
export function trailingComma(blame: Blame = {}): AnswerFault {
  return body('trailing-comma', 'a comma follows the last member', blame, (answer) =>
    withBody(answer, textOf(answer).replace(/\}\s*$/, ',}')),
  );
}

/** A comment before the JSON text, which JSON does not have. */
export function commented(blame: Blame = {}): AnswerFault {
  return body('comment', 'a comment stands before the JSON text', blame, (answer) =>
    withBody(answer, `/* production */ ${textOf(answer)}`),
  );
}

/** The JSON text twice, one after the other. */
export function twice(blame: Blame = {}): AnswerFault {
  return body('twice', 'the JSON text comes twice', blame, (answer) =>
    withBody(answer, Buffer.concat([answer.body, answer.body])),
  );
}

/** One more member whose value is no UTF-8 (RFC 8259 §8.1). */
export function invalidUtf8(blame: Blame = {}): AnswerFault {
  return body('invalid-utf-8', 'a member holds bytes that are no UTF-8', blame, (answer) => {
    const rest = textOf(answer).trim().slice(1);
    const added = Buffer.from('{"note":"\xc3(\xff"', 'latin1');
    return withBody(answer, Buffer.concat([added, Buffer.from(rest === '}' ? rest : `,${rest}`)]));
  });
}

function body(
  variant: string,
  summary: string,
  { cause = 'idp/token-issuance' }: Blame,
  apply: (answer: PlannedAnswer) => PlannedAnswer,
): AnswerFault {
  return { id: `document/${variant}`, layer: 'document', seam: 'link/answer', cause, summary, apply };
}
