import { processMutant } from '../reference/gateway/variant.ts';

const watch = `
  process.on('SIGCONT', () => {
    console.error('level=fatal cause="no time to run for too long"');
    process.exit(1);
  })`;

export default processMutant('ends-after-freeze', watch, {
  summary: 'ends when it is let go on after a freeze',
  caughtBy: ['gateway/interruption/frozen'],
});
