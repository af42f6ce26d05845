import { processMutant } from '../reference/client/variant.ts';
import { leavesLock } from '../reference/process/own-process.ts';

export default processMutant('client-leaves-a-lock', leavesLock, {
  summary: 'does not start where an earlier life has left its lock',
  caughtBy: ['client/interruption/killed'],
});
