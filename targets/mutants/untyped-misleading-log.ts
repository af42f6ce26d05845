import { given } from '../reference/gateway/variant.ts';
import misleadingLog from './misleading-log.ts';

export { parts } from './misleading-log.ts';

const capabilities = misleadingLog.capabilities.filter((one) => one !== 'rfc9068');

export default given('untyped-misleading-log', misleadingLog, capabilities, [
  'gateway/token-type/jwt-elsewhere',
  'gateway/token-issuer/missing-elsewhere',
]);
