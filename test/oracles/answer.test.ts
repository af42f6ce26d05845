import { describe, expect, test } from 'vitest';
import type { History } from '../../harness/model/history.ts';
import type { Oracle } from '../../harness/model/scenario.ts';
import { accepts } from '../../harness/oracles/accepts.ts';
import { answers, answersNoServerError, answersWithoutError } from '../../harness/oracles/answers.ts';
import { challenges } from '../../harness/oracles/challenges.ts';
import { neverReaches } from '../../harness/oracles/never-reaches.ts';
import { anyOf } from '../../harness/oracles/oracle.ts';
import { whenRefused } from '../../harness/oracles/when-refused.ts';
import { type Answer, answered, call, challenged, exchange, historyOf } from './history.ts';

const nothing: History = historyOf(call('control-before'));
const silence = answered(null);
const json = (body: unknown, status = 401): Answer => ({ status, body: JSON.stringify(body) });
const ok: Answer = { status: 200 };

type Row = readonly [holds: 'yes' | 'no' | 'unknown', what: string, oracle: Oracle, history: History];

const lateAtApi = exchange('gateway→api', { correlation: 'fw-stimulus', status: 200 });
const lateControl = exchange('gateway→api', { correlation: 'fw-control-before', status: 200 });
const bare = exchange('gateway→api', { bare: true });

const rows: readonly Row[] = [
  // answers
  ['yes', 'the status', answers(401), answered({ status: 401 })],
  ['no', 'another status', answers(401), answered({ status: 403 })],
  ['yes', 'one of several', answers([502, 504]), answered({ status: 504 })],
  ['yes', 'status and code', answers(401, 'invalid_token'), answered(challenged('Bearer error="invalid_token"'))],
  ['yes', 'the code unquoted', answers(401, 'invalid_token'), answered(challenged('Bearer error=invalid_token'))],
  ['yes', 'the code in a JSON body', answers(401, 'invalid_token'), answered(json({ error: 'invalid_token' }))],
  ['no', 'another code', answers(401, 'invalid_token'), answered(challenged('Bearer error="invalid_request"'))],
  ['no', 'no code', answers(401, 'invalid_token'), answered(challenged('Bearer realm="api"'))],
  [
    'no',
    'a code that only stands in a quoted string',
    answers(401, 'invalid_token'),
    answered(challenged('Bearer realm="x, error=invalid_token"')),
  ],
  [
    'yes',
    'a code behind a quoted string that looks like another',
    answers(401, 'invalid_token'),
    answered(challenged('Bearer realm="say \\"error=x\\"", error="invalid_token"')),
  ],
  ['unknown', 'silence', answers(401), silence],
  ['unknown', 'no stimulus', answers(401), nothing],
  ['yes', 'no code at all', answersWithoutError(), answered(challenged('Bearer realm="api"'))],
  ['no', 'a code without need', answersWithoutError(), answered(challenged('Bearer error="invalid_token"'))],
  ['no', 'a code in the body', answersWithoutError(), answered(json({ error: 'invalid_request' }))],
  ['unknown', 'silence', answersWithoutError(), silence],
  ['yes', '499', answersNoServerError(), answered({ status: 499 })],
  ['no', '500', answersNoServerError(), answered({ status: 500 })],
  ['unknown', 'silence', answersNoServerError(), silence],

  // challenges
  ['yes', 'alone', challenges('Bearer'), answered(challenged('Bearer'))],
  ['yes', 'lower case', challenges('Bearer'), answered(challenged('bearer realm="api"'))],
  ['yes', 'upper case', challenges('Bearer'), answered(challenged('BEARER realm="api"'))],
  ['yes', 'second of one field', challenges('Bearer'), answered(challenged('Basic realm="a, b", Bearer realm="c"'))],
  ['yes', 'second without parameters', challenges('Bearer'), answered(challenged('Negotiate, Bearer'))],
  ['yes', 'behind token68', challenges('Bearer'), answered(challenged('Negotiate abc==, Bearer realm="x"'))],
  ['yes', 'a field of its own', challenges('Bearer'), answered(challenged('Basic realm="a"', 'Bearer realm="b"'))],
  ['yes', 'a quoted quote', challenges('Bearer'), answered(challenged('Basic realm="a\\", b", Bearer realm="c"'))],
  ['no', 'only within a quoted string', challenges('Bearer'), answered(challenged('Basic realm="use, Bearer please"'))],
  ['no', 'only as a parameter', challenges('Bearer'), answered(challenged('Basic realm="a", Bearer="x"'))],
  ['no', 'only as a parameter with a blank', challenges('Bearer'), answered(challenged('Basic a=b, bearer = "x"'))],
  ['no', 'a longer word', challenges('Bearer'), answered(challenged('BearerToken realm="x"'))],
  ['no', 'another scheme', challenges('Bearer'), answered(challenged('Basic realm="x"'))],
  ['no', 'an empty field', challenges('Bearer'), answered(challenged(''))],
  ['no', 'no field', challenges('Bearer'), answered({ status: 401 })],
  ['yes', 'DPoP', challenges('DPoP'), answered(challenged('DPoP error="invalid_dpop_proof"'))],
  ['unknown', 'silence', challenges('Bearer'), silence],

  // accepts
  ['yes', 'the work was done', accepts(), answered(ok)],
  ['no', 'refused', accepts(), answered({ status: 401 })],
  ['no', '2xx without the API', accepts(), historyOf(call('stimulus', { answer: ok, served: false }))],
  [
    'no',
    'the API saw only the control',
    accepts(),
    historyOf(call('control-before'), call('stimulus', { answer: ok, served: false }), call('control-after')),
  ],
  ['unknown', 'silence', accepts(), silence],
  ['unknown', 'no stimulus', accepts(), nothing],

  // neverReaches
  ['yes', 'only controls reach it', neverReaches('api'), answered({ status: 401 })],
  ['no', 'the stimulus does', neverReaches('api'), answered(ok)],
  ['no', 'refused, and yet it does', neverReaches('api'), historyOf(call('stimulus', { served: true }))],
  ['no', 'late, while the control runs', neverReaches('api'), answered({ status: 401 }, lateAtApi)],
  ['yes', 'the control before is late', neverReaches('api'), answered({ status: 401 }, lateControl)],
  ['no', 'a connection that never became HTTP', neverReaches('api'), answered({ status: 401 }, bare)],
  [
    'no',
    'although nothing was answered',
    neverReaches('api'),
    historyOf(call('stimulus', { answer: null, served: true })),
  ],
  ['yes', 'another party is reached', neverReaches('api'), answered({ status: 401 }, exchange('gateway→idp', {}))],
  ['unknown', 'no stimulus', neverReaches('api'), nothing],

  // combinations
  ['yes', 'the second alternative', anyOf(answers(400), answers(401)), answered({ status: 401 })],
  ['no', 'neither alternative', anyOf(answers(400), answers(401)), answered({ status: 403 })],
  ['unknown', 'silence', anyOf(answers(400), answers(401)), silence],
  [
    'unknown',
    'one says no, one does not know',
    anyOf(neverReaches('api'), answers(401)),
    historyOf(call('stimulus', { answer: null, served: true })),
  ],
  ['yes', 'not asked: it accepted', whenRefused(answers(401)), answered(ok)],
  ['no', 'asked: it refused', whenRefused(answers(401)), answered({ status: 403 })],
  ['yes', 'asked: it refused well', whenRefused(answers(401)), answered({ status: 401 })],
  ['unknown', 'silence', whenRefused(answers(401)), silence],
];

describe('oracles of the answer and of what was reached', () => {
  test.each(rows)('%s: %s', (holds, _, oracle, history) => {
    const finding = oracle.judge(history, {});
    expect(finding).toMatchObject({ holds });
    // Evidence can be looked up.
    for (const seq of finding.evidence) expect(history[seq]?.seq).toBe(seq);
    expect(finding.observed).not.toBe('');
    expect(finding.expected).not.toBe('');
  });

  test('anyOf says which alternative held, and what would have been right when none did', () => {
    const oracle = anyOf(answers(400), answers(401));
    expect(oracle.judge(answered({ status: 401 }), {}).held).toBe('answers(401)');
    expect(oracle.judge(answered({ status: 403 }), {})).toMatchObject({ observed: '403', expected: '400, or 401' });
  });

  test('a step that was repeated is judged by its last try', () => {
    const history = historyOf(
      call('stimulus', { step: 'fw-1', answer: ok, actor: 'attempt' }),
      call('stimulus', { step: 'fw-2', answer: { status: 401 } }),
    );
    expect(answers(401).judge(history, {}).holds).toBe('yes');
  });
});
