import { processMutant } from '../reference/gateway/variant.ts';

const lock = `
  import { rmSync, writeFileSync } from 'node:fs';
  const { ca, port } = JSON.parse(process.env.WIRING);
  const lock = ca.file + '.' + port + '.lock';
  writeFileSync(lock, String(process.pid), { flag: 'wx' });
  process.on('SIGTERM', () => { rmSync(lock); process.exit(0); })`;

export default processMutant('leaves-a-lock', lock, {
  summary: 'does not start where an earlier life has left its lock',
  caughtBy: ['gateway/interruption/killed'],
});
