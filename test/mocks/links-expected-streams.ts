import { expect } from 'vitest';
import { linkFaults } from '../../mocks/faults/links/all.ts';
import * as stream from '../../mocks/faults/links/stream.ts';
import { type Expected, right, type Table, text } from './links-expected.ts';

/*
 * A connection that the link takes for bytes, with HTTP in them: so that clients tell what they saw. Counted from the
 * first byte of the head.
 */

/** As quick as a test should be. */
const quick = [
  stream.latency({ milliseconds: 60 }),
  stream.latency({ milliseconds: 60, jitter: 100 }),
  stream.bandwidth({ bytesPerSecond: 4000 }),
  stream.slowDrip({ bytesPerSecond: 4000 }),
];
const faults = linkFaults
  .filter(({ seam }) => seam === 'link/stream')
  .map((fault) => quick.find(({ id }) => id === fault.id) ?? fault);

const whole: Expected['saw'] = (saw) => expect(text(saw)).toBe(right);
/** Sixteen bytes are no head. */
const nothing: Expected['saw'] = ({ status }) => expect(status).toBeUndefined();

const expected: { readonly [id: string]: Expected } = {
  // Timers are a millisecond early, at times.
  'tcp/stream-latency': { saw: whole, takes: 58 },
  'tcp/stream-latency-jitter': { saw: whole, takes: 108 },
  'tcp/stream-bandwidth': { saw: whole, takes: 100 },
  'tcp/stream-slow-drip': { saw: whole, takes: 100 },
  'tcp/stream-reset': { end: 'reset', code: /^(ECONNRESET|UND_ERR_SOCKET|curl:(52|56))$/, saw: nothing },
  'tcp/stream-close': {
    end: 'truncated',
    code: /^(ECONNRESET|UND_ERR_SOCKET|HTTPParserError|HPE_\w+|curl:(1|8|52|56))$/,
    saw: nothing,
  },
  'tcp/stream-half-close': {
    end: 'truncated',
    code: /^(ECONNRESET|UND_ERR_SOCKET|HTTPParserError|HPE_\w+|curl:(1|8|52|56))$/,
    saw: nothing,
  },
  'tcp/stream-stall': { end: 'hung', code: /^(TIMEOUT|curl:28)$/, saw: nothing },
};

export const streams: Table = { faults, expectationOf: ({ id }) => expected[id] };
