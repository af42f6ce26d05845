import { opaqueOnly } from '../reference/gateway/variant.ts';
import endsAfterFreeze from './ends-after-freeze.ts';

export default opaqueOnly('opaque-ends-after-freeze', endsAfterFreeze, ['gateway/interruption/frozen-opaque']);
