import { randomBytes } from 'node:crypto';
import type { ChainPlan } from '../../harness/model/tls.ts';
import { leafKeys, pem, privatePem, serverExtensions, signature, validity, x509 } from './certificate.ts';
import type { IssuedChain, RevocationUrls } from './issued.ts';
import { type Issuer, newIssuer } from './issuer.ts';
import { certIdOf, ocspResponse } from './ocsp.ts';

/** A leaf that was revoked. `serial` is hex. */
export interface Revocation {
  readonly serial: string;
  readonly revokedAt: Date;
}

/**
 * New keys and certificates as the plan says, for these hosts.
 * @param root who signs the uppermost of them if the plan wants a trusted root
 * @param now milliseconds since 1970
 * @param revocation where the root tells what it has revoked, for leaves of its own
 * @param revoked told of such a leaf that it revokes
 */
export async function makeChain(
  plan: ChainPlan,
  hosts: readonly string[],
  {
    root,
    now,
    revocation,
    revoked,
  }: {
    readonly root: Issuer;
    readonly now: number;
    readonly revocation: RevocationUrls | undefined;
    revoked(revocation: Revocation): void;
  },
): Promise<IssuedChain> {
  const { leaf } = plan;
  const authorities = plan.root === 'trusted' ? [root] : [];
  if (plan.root === 'unknown')
    authorities.push(await newIssuer({ valid: { from: -1, to: 3650 }, hash: 'SHA-256' }, now));
  if (plan.root !== 'itself')
    for (const intermediate of plan.intermediates)
      authorities.push(await newIssuer(intermediate, now, authorities.at(-1)));

  const library = await x509();
  const keys = await leafKeys(leaf.key);
  const issuer = authorities.at(-1);
  const names = leaf.names === 'other' ? ['other.failwell.test'] : hosts;
  const subject = `CN=${names[0] ?? 'nobody'}`;
  // A positive number of at most 20 octets (RFC 5280 §4.1.2.2).
  const serial = `5f${randomBytes(15).toString('hex')}`;
  const certificate = await library.X509CertificateGenerator.create({
    serialNumber: serial,
    subject,
    issuer: issuer?.certificate.subject ?? subject,
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    signingAlgorithm: signature((issuer?.keys ?? keys).privateKey, leaf.hash),
    ...validity(now, -leaf.valid.from, leaf.valid.to),
    extensions: [
      ...(await serverExtensions(
        leaf.names === 'common-name' ? [] : names,
        leaf.usage,
        issuer === root ? revocation : undefined,
      )),
      await library.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(issuer ? [await library.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey)] : []),
    ],
  });

  // A root that clients trust is theirs to have (RFC 8446 §4.4.2), but curl looks for the issuer of a stapled response
  // among what was sent; one that nobody knows shows itself.
  const sent = authorities.filter((authority) => authority !== root || (leaf.revoked && issuer === root));
  const above = sent.map((authority) => pem(authority.certificate));
  const shown = { all: above.toReversed(), 'all, in reverse order': above, 'the leaf alone': [] }[plan.shows];
  const issued = { key: await privatePem(keys), cert: [pem(certificate), ...shown].join('') };
  if (!leaf.revoked || !issuer) return issued;
  const revokedAt = new Date(now - hour);
  if (issuer === root) revoked({ serial, revokedAt });
  return { ...issued, staple: staple(issuer, serial, revokedAt, now) };
}

const hour = 3_600_000;

const staple = (issuer: Issuer, serial: string, revokedAt: Date, now: number): Buffer =>
  ocspResponse(issuer, {
    about: [{ certId: certIdOf(issuer, serial), revokedAt }],
    now: new Date(now),
    nextUpdate: new Date(now + 24 * hour),
  });
