import { given } from '../reference/gateway/variant.ts';
import genericLog from './generic-log.ts';

const capabilities = genericLog.capabilities.filter((one) => one !== 'rfc9068');

export default given('untyped-generic-log', genericLog, capabilities, ['gateway/token-type/jwt-elsewhere']);
