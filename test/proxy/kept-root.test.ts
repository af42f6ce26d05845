import { X509Certificate } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keptRoot } from '../../mocks/alone/kept-root.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import { folderOf } from '../cli/failwell.ts';
import { clients } from '../mocks/links-clients.ts';
import { json, proxied, served } from './fixtures.ts';

const clock = { now: () => Date.now() };

test('an authority in a folder is the same each time, and its key is nobody else’s', async () => {
  const folder = join(await folderOf(), 'new/ca');
  const { url: to } = await served(json(() => ({ fine: true })));
  const first = await proxied({ to, tls: true, authority: folder });
  const second = await proxied({ to, tls: true, authority: folder });
  expect(second.ca).toEqual({ pem: first.ca?.pem, file: join(folder, 'ca.pem') });
  const key = join(folder, 'ca-key.pem');
  expect(statSync(key).mode & 0o077).toBe(0);
  for (const [, connect] of clients) {
    await using client = connect(second.url, first.ca?.pem, folder);
    expect(await client.get('/')).toMatchObject({ status: 200 });
  }
  await second[Symbol.asyncDispose]();
  expect(readFileSync(key, 'utf8')).toContain('PRIVATE KEY');
  chmodSync(key, 0o644);
  await keptRoot(folder);
  expect(statSync(key).mode & 0o077).toBe(0);
});

test('what it issues is signed by it, also what is flawed', async () => {
  const { root } = await keptRoot(await folderOf());
  const authority = await createAuthority({ clock, root });
  const ca = new X509Certificate(authority.caPem);
  expect(authority.caPem).toBe(root.cert);
  const leaf = new X509Certificate((await authority.issue({ hosts: ['idp.example'] })).cert);
  expect([leaf.checkIssued(ca), leaf.verify(ca.publicKey)]).toEqual([true, true]);
  expect(await authority.revocationList()).toContain('X509 CRL');
});

test('what is no such folder is refused in a sentence', async () => {
  const folder = await folderOf();
  await keptRoot(folder);
  const [cert, key] = ['ca.pem', 'ca-key.pem'].map((name) => readFileSync(join(folder, name), 'utf8')) as [
    string,
    string,
  ];
  const wrong = async (files: { readonly [name: string]: string }, sentence: RegExp) => {
    for (const name of ['ca.pem', 'ca-key.pem']) rmSync(join(folder, name), { force: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    await expect(keptRoot(folder)).rejects.toThrow(sentence);
  };
  await wrong({ 'ca.pem': cert }, /lacks ca-key\.pem: delete the other file, too, for a new one\.$/);
  await wrong({ 'ca-key.pem': key }, /lacks ca\.pem/);
  await wrong({ 'ca.pem': cert, 'ca-key.pem': 'nonsense' }, /is not in PEM/);
  const other = await keptRoot(await folderOf());
  await wrong({ 'ca.pem': cert, 'ca-key.pem': other.root.key }, /was not made by Failwell: name another folder\.$/);
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(keptRoot(file)).rejects.toThrow(/cannot be (read|written)/);
});
