import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tlsFaults } from '../../mocks/faults/links/tls/all.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { clients } from './links-clients.ts';
import { tlsRows } from './links-expected-tls.ts';
import { openSecureLink, place } from './links-tls-fixtures.ts';

let authority: Authority;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'failwell-tls-'));
  authority = await createAuthority({ clock: { now: () => Date.now() } });
});
afterAll(() => rmSync(folder, { recursive: true }));

test('every fault has an expectation here', () => {
  expect(tlsFaults.map(({ id }) => id).toSorted()).toEqual(Object.keys(tlsRows).toSorted());
});

describe.each(clients)('%s', (name, connect) => {
  test.each(tlsFaults.map((fault) => [fault.id, fault] as const))('%s is met, told and cleared', async (id, fault) => {
    const { end, ...by } = tlsRows[id]!;
    const row = by[name.split(':')[0] as 'undici' | 'node' | 'curl'];
    const code = row instanceof RegExp ? row : undefined;
    await using link = await openSecureLink(authority);
    await using client = connect(link.url, authority.caPem, folder);
    const healthy = { status: 200, body: Buffer.from('hello') };

    expect(await client.get('/')).toMatchObject(healthy);
    const clear = await place(link, fault);
    const result = await client.get('/', [], end === 'hung' ? 300 : undefined);
    if (code) expect(result).toEqual({ code: expect.stringMatching(code) });
    else expect(result).toMatchObject(healthy);
    await clear();
    expect(link.seen.slice(1)).toMatchObject([{ end: code ? (end ?? 'tls-failed') : 'complete', faults: [id] }]);

    expect(await client.get('/')).toMatchObject(healthy);
    expect(link.seen.at(-1)).toMatchObject({ end: 'complete', faults: [] });
  });
});
