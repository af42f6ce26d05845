import { processMutant } from '../reference/gateway/variant.ts';
import { endsAfterFreeze } from '../reference/process/own-process.ts';

export default processMutant('ends-after-freeze', endsAfterFreeze, {
  summary: 'ends when it is let go on after a freeze',
  caughtBy: ['gateway/interruption/frozen'],
});
