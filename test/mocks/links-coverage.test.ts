import { expect, test } from 'vitest';
import { faults } from '../../mocks/faults/all.ts';
import { clients } from './links-clients.ts';
import type { Proof } from './links-expected.ts';
import { proofs } from './links-expected.ts';
import { browserProofs } from './links-expected-browser.ts';
import { dnsProofs } from './links-expected-dns.ts';
import { documents } from './links-expected-documents.ts';
import { http } from './links-expected-http.ts';
import { streams } from './links-expected-streams.ts';
import { tcp } from './links-expected-tcp.ts';
import { tlsProofs, tlsRows } from './links-expected-tls.ts';

/*
 * The tables that the tests of links run from, read once more: what no table says, no test looks at.
 */
const wires = faults.filter(({ seam }) => seam.startsWith('link/'));
const three = ['undici', 'node:https', 'curl'];
const all: readonly Proof[] = [
  ...[http, tcp, documents, streams].flatMap((table) => proofs(table, three)),
  ...[dnsProofs, tlsProofs, browserProofs].flat(),
];
const by = (id: string) => [...new Set(all.filter(({ fault }) => fault === id).map((proof) => proof.by))];
/** Those that share Node's sockets, TLS and, but for `node:http`'s own, nothing else. */
const nodes = /^(undici|node|node:https|resolver|lookup)$/;

test('the clients of the tables are those that the tests call', () => {
  for (const [client] of clients) expect(three).toContain(client);
});

test('every fault on a wire is in the five layers', () => {
  expect(wires.filter(({ layer }) => !/^(dns|tcp|tls|http|document)$/.test(layer)).map(({ id }) => id)).toEqual([]);
  expect(wires.length).toBeGreaterThan(240);
});

test.each(wires)('$id is shown to two clients, of Node and others', ({ id, layer }) => {
  const seers = by(id);
  expect(seers.length, `seen by ${seers.join(', ') || 'nobody'}`).toBeGreaterThanOrEqual(2);
  expect(seers.some((client) => !nodes.test(client))).toBe(true);
  // A handshake that Node does not mind has that in its row.
  expect(layer === 'tls' || seers.some((client) => nodes.test(client))).toBe(true);
});

test.each(wires.map(({ id }) => id).filter((id) => /^http\/(cors|cookies|redirect)-/.test(id)))(
  '%s is shown to a browser',
  (id) => expect(by(id)).toContain('chromium'),
);

test('of each TLS fault openssl, curl and Chromium tell what is wrong, or there is a reason why they do not', () => {
  const ids = wires.filter(({ layer }) => layer === 'tls').map(({ id }) => id);
  expect(Object.keys(tlsRows).toSorted()).toEqual(ids.toSorted());
  for (const row of Object.values(tlsRows))
    for (const tool of [row.undici, row.node, row.curl, row.chromium])
      if (!(tool instanceof RegExp)) expect(tool.goesOn).toMatch(/\w+ \w+ \w+/);
});

test('no table speaks of a fault that there is not', () => {
  const ids = new Set(wires.map(({ id }) => id));
  expect(all.map(({ fault }) => fault).filter((id) => !ids.has(id))).toEqual([]);
});
