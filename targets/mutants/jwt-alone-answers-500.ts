import { given } from '../reference/gateway/variant.ts';
import answers500 from './answers-500-on-bad-token.ts';

export { parts } from './answers-500-on-bad-token.ts';

const capabilities = answers500.capabilities.filter((one) => one !== 'opaque' && one !== 'introspection');

export default given('jwt-alone-answers-500', answers500, capabilities, ['gateway/token-malformed/not-a-jwt']);
