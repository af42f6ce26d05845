import { opaqueOnly } from '../reference/gateway/variant.ts';
import leavesALock from './leaves-a-lock.ts';

export default opaqueOnly('opaque-leaves-a-lock', leavesALock, ['gateway/interruption/killed-opaque']);
