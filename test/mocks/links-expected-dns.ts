import type { AnyFault } from '../../harness/model/fault.ts';
import { dnsFaults } from '../../mocks/faults/links/dns/all.ts';
import { slow } from '../../mocks/faults/links/dns/index.ts';
import type { Proof } from './links-expected.ts';

/** What each client makes of `idp.example`, which is 127.0.0.1 and, where it is asked by UDP or by a lookup, ::1. */
interface Row {
  /** `dns.promises.Resolver` over UDP: addresses of version 4, or a code. */
  readonly resolver: string;
  /** The name server's own `lookup`: addresses, or a code. */
  readonly lookup: string;
  /** undici, connecting by that lookup: what a server said there, or a code. */
  readonly undici: string;
  /** `node:http`, likewise. */
  readonly node: string;
  /** glibc's `getaddrinfo`, by Node, over UDP: addresses of version 4, or a code. */
  readonly getaddrinfo: string;
  /** curl, by the same `getaddrinfo`: what a server said, or how it exits. */
  readonly curl: string;
  /** At least so many milliseconds, for each. */
  readonly takes?: number;
}

const right: Row = {
  resolver: '127.0.0.1',
  lookup: '127.0.0.1,::1',
  undici: 'right',
  node: 'right',
  getaddrinfo: '127.0.0.1',
  curl: 'right',
};
/** `resolver` tells more than those who connect. */
const fails = (resolver: string, code: string): Row => ({
  ...{ resolver, lookup: code, undici: code, node: code, getaddrinfo: code },
  curl: 'curl:6',
});

export const dnsRows: { readonly [id: string]: Row } = {
  'dns/nxdomain': fails('ENOTFOUND', 'ENOTFOUND'),
  'dns/servfail': fails('ESERVFAIL', 'EAI_AGAIN'),
  'dns/refused': fails('EREFUSED', 'EAI_AGAIN'),
  'dns/empty': fails('ENODATA', 'ENOTFOUND'),
  // Timers are a millisecond early, at times.
  'dns/slow': { ...right, takes: 58 },
  // The clients' own deadlines, since a lookup has none; it ends when the fault is cleared.
  'dns/hang': { ...fails('ETIMEOUT', 'EAI_AGAIN'), undici: 'UND_ERR_CONNECT_TIMEOUT', node: 'TIMEOUT' },
  'dns/wrong-address': {
    resolver: '127.0.0.2',
    lookup: '127.0.0.2,100::1',
    undici: 'ECONNREFUSED',
    node: 'ECONNREFUSED',
    getaddrinfo: '127.0.0.2',
    curl: 'curl:7',
  },
  'dns/wrong-address-first': {
    ...right,
    resolver: '127.0.0.2,127.0.0.1',
    lookup: '127.0.0.2,100::1,127.0.0.1,::1',
    // glibc puts first what is nearest to the address it would ask from (RFC 6724 §6, rule 9).
    getaddrinfo: '127.0.0.1,127.0.0.2',
  },
};

/** As quick as a test should be. */
export const quickDnsFaults: readonly AnyFault[] = dnsFaults.map((fault) =>
  fault.id === 'dns/slow' ? slow({ milliseconds: 60 }) : fault,
);

/** Each row is run by all of them, but for what is no different from a sound name. */
export const dnsProofs: readonly Proof[] = Object.entries(dnsRows).flatMap(([fault, row]) =>
  (Object.keys(right) as (keyof typeof right)[])
    .filter((by) => row[by] !== right[by] || row.takes !== undefined)
    .map((by) => ({ fault, by })),
);
