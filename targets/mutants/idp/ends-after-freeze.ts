import { processMutant } from '../../reference/idp/variant.ts';
import { endsAfterFreeze } from '../../reference/process/own-process.ts';

export default processMutant('ends-after-freeze', endsAfterFreeze, {
  summary: 'ends when it is let go on after a freeze',
  caughtBy: ['idp/interruption/frozen'],
});
