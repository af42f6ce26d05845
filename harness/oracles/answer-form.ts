import { ofAnswer } from './answers.ts';
import type { PairableOracle } from './oracle.ts';
import { fieldValues } from './reading.ts';

/** The answer is JSON and says so (RFC 6749 §5.1, §5.2). */
export function answersJson(): PairableOracle {
  return ofAnswer(
    'answersJson()',
    'application/json',
    ({ headers, body }) => {
      const [type = ''] = fieldValues(headers, 'content-type');
      return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type.trim()) && isJson(body.text);
    },
    {
      good: 'Content-Type: application/json · {"error":"invalid_request"}',
      bad: 'Content-Type: text/html · <title>Error</title>',
    },
  );
}

/** A redacted body is still JSON: markers hold no quotation marks. */
function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** The answer must not be stored: `Cache-Control: no-store` (RFC 6749 §5.1). */
export function answersNoStore(): PairableOracle {
  return ofAnswer(
    'answersNoStore()',
    'Cache-Control: no-store',
    ({ headers }) =>
      fieldValues(headers, 'cache-control').some((value) => /(?:^|[\s,])no-store(?:[\s,]|$)/i.test(value)),
    { good: 'Cache-Control: no-store', bad: 'no Cache-Control' },
  );
}

/** What was asked about is reported as inactive, and nothing else is said of it (RFC 7662 §2.2). */
export function answersInactive(): PairableOracle {
  return ofAnswer(
    'answersInactive()',
    '{"active":false}',
    ({ status, body }) => status === 200 && inactive(body.text),
    {
      good: 'HTTP/1.1 200 OK · {"active":false}',
      bad: 'HTTP/1.1 200 OK · {"active":true,"scope":"read","sub":"alice"}',
    },
  );
}

const inactive = (text: string) => /"active"\s*:\s*false\b/.test(text);

/** A 405 says which methods there are (RFC 9110 §15.5.6); nothing is asked of any other answer. */
export function allows(): PairableOracle {
  return ofAnswer(
    'allows()',
    'Allow, if it is a 405',
    ({ status, headers }) => status !== 405 || fieldValues(headers, 'allow').length > 0,
    { good: 'HTTP/1.1 405 Method Not Allowed · Allow: POST', bad: 'HTTP/1.1 405 Method Not Allowed' },
  );
}
