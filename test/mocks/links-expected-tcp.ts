import { expect } from 'vitest';
import { linkFaults } from '../../mocks/faults/links/all.ts';
import { bandwidth, latency, slowDrip } from '../../mocks/faults/links/pace.ts';
import { type Expected, right, type Table, text } from './links-expected.ts';

/** As quick as a test should be. */
const quick = [
  latency({ milliseconds: 60 }),
  latency({ milliseconds: 60, jitter: 100 }),
  bandwidth({ bytesPerSecond: 4000 }),
  slowDrip({ bytesPerSecond: 4000 }),
];
const faults = linkFaults
  // Those of connections without HTTP have tests of their own.
  .filter(({ layer, seam }) => layer === 'tcp' && seam !== 'link/stream')
  .map((fault) => quick.find(({ id }) => id === fault.id) ?? fault);

const whole = (saw: { readonly body?: Buffer }) => expect(text(saw)).toBe(right);

const expected: { readonly [id: string]: Expected } = {
  'tcp/refused': { code: /^(ECONNREFUSED|curl:7)$/ },
  'tcp/hang': { end: 'hung', code: /^(TIMEOUT|curl:28)$/ },
  'tcp/reset': { end: 'reset', code: /^(ECONNRESET|UND_ERR_SOCKET|curl:(35|56))$/ },
  'tcp/reset-at-connect': { end: 'reset', code: /^(ECONNRESET|UND_ERR_SOCKET|curl:(7|35|56))$/ },
  'tcp/close-at-connect': { end: 'truncated', code: /^(ECONNRESET|UND_ERR_SOCKET|curl:(35|52))$/ },
  'tcp/other-service': { end: 'truncated', code: /^(ERR_SSL_WRONG_VERSION_NUMBER|EPROTO|curl:35)$/ },
  // Timers are a millisecond early, at times.
  'tcp/latency': { saw: whole, takes: 58 },
  'tcp/latency-jitter': { saw: whole, takes: 108 },
  'tcp/bandwidth': { saw: whole, takes: 120 },
  'tcp/slow-drip': { saw: whole, takes: 120 },
  'tcp/half-close': { end: 'truncated', code: /^(ECONNRESET|UND_ERR_SOCKET|curl:52)$/ },
  'tcp/half-close-mid-answer': {
    end: 'truncated',
    code: /^(ECONNRESET|UND_ERR_SOCKET|curl:18)$/,
    told: ({ body }) => expect(right.startsWith(String(body))).toBe(true),
  },
  'tcp/idle-closed': { saw: whole, stale: true },
  'tcp/idle-reset': { saw: whole },
};

export const tcp: Table = { faults, expectationOf: ({ id }) => expected[id] };
