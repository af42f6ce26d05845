import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchTrusting, type TrustingBrowser } from '../../harness/drivers/browser/launch.ts';
import type { AnyFault } from '../../harness/model/fault.ts';
import * as tls from '../../mocks/faults/links/tls/index.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { needing } from '../machine.ts';
import { openSecureLink, place } from './links-tls-fixtures.ts';

describe('Chromium', needing('browser'), () => {
  let authority: Authority;
  let trusting: TrustingBrowser;
  let browser: BrowserContext;
  beforeAll(async () => {
    authority = await createAuthority({ clock: { now: () => Date.now() } });
    trusting = await launchTrusting(authority.caPem);
    browser = await trusting.newContext();
  }, 60_000);
  afterAll(() => trusting?.[Symbol.asyncDispose]());

  /** The status of a page, or the browser's name for why there is none. */
  async function visit(url: string): Promise<number | string> {
    let came: number | string;
    // Chromium drops its connections when an interface of the machine comes or goes, and then knows nothing of the page.
    do came = await visitOnce(url);
    while (came === 'net::ERR_NETWORK_CHANGED');
    return came;
  }

  async function visitOnce(url: string): Promise<number | string> {
    const page = await browser.newPage();
    try {
      // The page that explains a certificate's error may come seconds after the error.
      const failed = new Promise<string>((resolve) => {
        page.once('requestfailed', (request) => resolve(request.failure()?.errorText ?? ''));
      });
      const opened = page.goto(url).then(
        (answer) => answer?.status() ?? 0,
        () => failed,
      );
      return await Promise.race([failed, opened]);
    } finally {
      await page.close();
    }
  }

  const says = (fault: AnyFault, error: string) => ({ id: fault.id, fault, error });

  test.each([
    says(tls.expiredCertificate(), 'ERR_CERT_DATE_INVALID'),
    says(tls.notYetValid(), 'ERR_CERT_DATE_INVALID'),
    says(tls.expiredIntermediate(), 'ERR_CERT_DATE_INVALID'),
    says(tls.selfSigned(), 'ERR_CERT_AUTHORITY_INVALID'),
    says(tls.unknownAuthority(), 'ERR_CERT_AUTHORITY_INVALID'),
    says(tls.missingIntermediate(), 'ERR_CERT_AUTHORITY_INVALID'),
    says(tls.wrongHost(), 'ERR_CERT_COMMON_NAME_INVALID'),
    says(tls.commonNameOnly(), 'ERR_CERT_COMMON_NAME_INVALID'),
    says(tls.pathLengthExceeded(), 'ERR_CERT_INVALID'),
    says(tls.wrongUsage(), 'ERR_CERT_INVALID'),
    says(tls.sha1Signature(), 'ERR_CERT_INVALID'),
    says(tls.revoked(), 'ERR_CERT_REVOKED'),
    says(tls.onlyTls10(), 'ERR_SSL_VERSION_OR_CIPHER_MISMATCH'),
    says(tls.onlyTls11(), 'ERR_SSL_VERSION_OR_CIPHER_MISMATCH'),
    says(tls.alerts(), 'ERR_SSL_VERSION_OR_CIPHER_MISMATCH'),
    says(tls.handshakeResets(), 'ERR_CONNECTION_RESET'),
    says(tls.plaintext(), 'ERR_SSL_PROTOCOL_ERROR'),
    says(tls.alpnMismatch(), 'ERR_SSL_PROTOCOL_ERROR'),
    // With TLS 1.3 the end of the connection may overtake the alert.
    says(
      tls.clientCertificateDemanded(),
      '(ERR_BAD_SSL_CLIENT_AUTH_CERT|ERR_SOCKET_NOT_CONNECTED|ERR_CONNECTION_\\w+)',
    ),
  ])('$id is $error, and cleared shows the page', async ({ fault, error }) => {
    await using link = await openSecureLink(authority);
    expect(await visit(link.url)).toBe(200);
    const clear = await place(link, fault);
    expect(await visit(link.url)).toMatch(new RegExp(`^net::${error}$`));
    await clear();
    expect(link.seen).toContainEqual(expect.objectContaining({ faults: [fault.id] }));
    expect(await visit(link.url)).toBe(200);
  });
});
