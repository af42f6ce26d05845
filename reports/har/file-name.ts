import { createHash } from 'node:crypto';

const plain = /^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9-]+)*$/;
const longest = 180;

/**
 * `gateway_token-expired_by-1d@node_express-jwt.har`: another name for every pair, on every file system. Ids that are
 * longer, or that hold more than small letters, digits, hyphens and slashes, are told apart by a digest.
 */
export function harFileName(scenario: string, target: string): string {
  const name = [scenario, target].map((id) => id.replaceAll('/', '_')).join('@');
  if (plain.test(scenario) && plain.test(target) && name.length <= longest) return `${name}.har`;
  const digest = createHash('sha256')
    .update(JSON.stringify([scenario, target]))
    .digest('hex')
    .slice(0, 16);
  const clean = name.replaceAll(/[^\w@-]+/g, '-').replace(/^-+/, '');
  return `${clean.slice(0, longest)}+${digest}.har`;
}
