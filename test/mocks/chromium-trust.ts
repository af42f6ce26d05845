import { createHash, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type BrowserContext, chromium } from 'playwright-core';
import { machine } from '../machine.ts';

/**
 * The machine's browser with a profile in this folder that trusts an authority, as if the user had imported it. The
 * first start makes the profile, the second reads what was put into its `ServerCertificate` database. Close it.
 */
export async function launchTrusting(caPem: string, folder: string): Promise<BrowserContext> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run'];
  const start = () => chromium.launchPersistentContext(folder, { executablePath: machine.browser as string, args });
  const first = await start();
  await first.close();
  const { raw } = new X509Certificate(caPem);
  const database = new DatabaseSync(join(folder, 'Default', 'ServerCertificate'));
  database
    .prepare('INSERT INTO certificates (sha256hash_hex, der_cert, trust_settings) VALUES (?, ?, ?)')
    .run(createHash('sha256').update(raw).digest('hex'), raw, trusted);
  database.close();
  return await start();
}

/** `CertificateMetadata { trust { trust_type: CERTIFICATE_TRUST_TYPE_TRUSTED } }` of Chromium, in protocol buffers. */
const trusted = Buffer.from([0x0a, 0x02, 0x08, 0x03]);
