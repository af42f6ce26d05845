import { z } from 'zod';
import { placementMembers, tenantMembers, text } from './schemas.ts';

const port = z.int().min(0).max(65_535);

/** A file that says what an IdP shall be like: what `startIdp` takes, as far as it is JSON. */
export const idpConfig = z.strictObject({
  ...tenantMembers,
  host: text.optional(),
  port: port.optional(),
  issuer: text.optional(),
  tls: z.union([z.boolean(), z.strictObject({ key: text, cert: text })]).optional(),
  clientCertificates: z.boolean().optional(),
  hosts: z.array(text).max(100).optional(),
  seed: z.int().min(0).max(0xffff_ffff).optional(),
  tenants: z.record(text, z.strictObject(tenantMembers)).optional(),
  faults: z.array(z.strictObject({ ...placementMembers, tenant: text.optional() })).optional(),
  admin: z
    .union([z.boolean(), z.strictObject({ host: text.optional(), port: port.optional(), secret: text.optional() })])
    .optional(),
});
