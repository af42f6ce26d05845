import { createHash } from 'node:crypto';

/** `x5t#S256` of a certificate in DER (RFC 8705 §3.1). */
export const thumbprint = (der: Uint8Array) => createHash('sha256').update(der).digest('base64url');
