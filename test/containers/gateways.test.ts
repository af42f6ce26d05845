import apache from '../../targets/containers/apache-openidc-rs/target.ts';
import haproxy from '../../targets/containers/haproxy/target.ts';
import { wholeSuite } from './whole-suite.ts';

wholeSuite(haproxy, 130, [
  'token-critical/absent-member',
  'token-critical/unknown',
  'token-malformed/header-not-json',
  'token-malformed/payload-not-json',
]);
wholeSuite(apache, 130, [
  'token-critical/absent-member',
  'token-critical/unknown',
  'token-issuer/padded',
  'token-not-yet-valid/by-10m',
  'token-not-yet-valid/by-1d',
]);
