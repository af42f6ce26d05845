/** What a certificate says of when and by what it holds. */
interface CertificatePlan {
  /** In days from now, by the clock of its authority. */
  readonly valid: { readonly from: number; readonly to: number };
  /** The hash in the signature of its issuer. */
  readonly hash: 'SHA-256' | 'SHA-1';
}

/** The certificate of an authority below the root. */
export interface IntermediatePlan extends CertificatePlan {
  /** How many authorities may stand below it (RFC 5280 §4.2.1.9); any number when absent. */
  readonly pathLength?: number;
}

/** The certificate of a server. */
export interface LeafPlan extends CertificatePlan {
  /** The hosts of the link, another host, or the first host as common name without a subjectAltName (RFC 9525 §2). */
  readonly names: 'own' | 'other' | 'common-name';
  /** Its extended key usage (RFC 5280 §4.2.1.12). */
  readonly usage: 'server' | 'client';
  readonly key: 'EC P-256' | 'RSA 1024';
  /** It stands on the authority's revocation list, and the server staples an OCSP response that says so (RFC 6066 §8). */
  readonly revoked: boolean;
}

/** A chain of certificates as a server makes and shows it. */
export interface ChainPlan {
  /** Who vouches in the end: the authority that clients trust, one that they do not know, or the leaf itself. */
  readonly root: 'trusted' | 'unknown' | 'itself';
  /** From the root downwards. */
  readonly intermediates: readonly IntermediatePlan[];
  readonly leaf: LeafPlan;
  /** What the server sends, after the leaf, of the intermediates. */
  readonly shows: 'all' | 'all, in reverse order' | 'the leaf alone';
}

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** How a link answers a ClientHello. The seam of every TLS fault. */
export interface HandshakePlan {
  readonly how:
    | { readonly go: 'usual' }
    /** Nothing comes back. */
    | { readonly go: 'hang' }
    /** A TCP reset in the middle of the ServerHello. */
    | { readonly go: 'reset' }
    /** A fatal alert of this number (RFC 8446 §6.2). */
    | { readonly go: 'alert'; readonly description: number }
    /** An answer in HTTP without TLS. */
    | { readonly go: 'plaintext' };
  readonly chain: ChainPlan;
  readonly versions: { readonly min: TlsVersion; readonly max: TlsVersion };
  /** The protocols that the server agrees to (RFC 7301), of those that the client offers. */
  readonly alpn: readonly string[];
  /** Whether a peer without a client certificate of the trusted authority is turned away. */
  readonly demandsClientCertificate: boolean;
}
