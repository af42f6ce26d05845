import { processMutant } from '../reference/gateway/variant.ts';
import { leavesLock } from '../reference/process/own-process.ts';

export default processMutant('leaves-a-lock', leavesLock, {
  summary: 'does not start where an earlier life has left its lock',
  caughtBy: ['gateway/interruption/killed'],
});
