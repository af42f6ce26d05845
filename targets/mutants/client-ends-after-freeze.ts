import { processMutant } from '../reference/client/variant.ts';
import { endsAfterFreeze } from '../reference/process/own-process.ts';

export default processMutant('client-ends-after-freeze', endsAfterFreeze, {
  summary: 'ends when it is let go on after a freeze',
  caughtBy: ['client/interruption/frozen'],
});
