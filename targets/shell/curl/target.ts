import { fileURLToPath } from 'node:url';
import { defineTarget } from '../../../harness/define.ts';
import { shim } from '../../../harness/drivers/shim.ts';
import { needing } from '../../needing.ts';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineTarget({
  id: 'shell/curl',
  role: 'client',
  summary: 'a script that gets a token by client credentials and calls an API, with curl and jq',
  capabilities: ['client-credentials', 'calls-api'],
  declares: {},
  driver: needing(
    shim({ command: 'sh', args: [file('../shim.sh'), file('./job.sh')], lifetime: 'session' }),
    ['sh', '-c', 'curl --fail-with-body --version && jq --version'],
    'No curl of version 7.76 or later, or no jq is here: install both',
  ),
});
