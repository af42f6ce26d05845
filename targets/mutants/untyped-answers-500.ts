import { given } from '../reference/gateway/variant.ts';
import answers500 from './answers-500-on-bad-token.ts';

export { parts } from './answers-500-on-bad-token.ts';

const capabilities = answers500.capabilities.filter((one) => one !== 'rfc9068');

export default given('untyped-answers-500', answers500, capabilities, ['gateway/token-audience/missing-elsewhere']);
