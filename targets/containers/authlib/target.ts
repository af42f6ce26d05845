import { readFileSync } from 'node:fs';
import { defineTarget } from '../../../harness/define.ts';
import { asked, postedTo } from '../../../harness/drivers/asked.ts';
import { type ContainerOptions, container } from '../../../harness/drivers/container/container.ts';
import type { ClientWiring } from '../../../harness/model/target.ts';
import authlib from '../../python/authlib/target.ts';

/** The very application that runs in a process, too. */
const application = (file: string) => readFileSync(new URL(`../../python/${file}`, import.meta.url), 'utf8');

export const options = {
  build: new URL('.', import.meta.url),
  port: 8080,
  env: ({ port, ca }) => ({ PORT: String(port), CA_FILE: ca.file }),
  files: () => ({
    '/srv/shim.py': application('shim.py'),
    '/srv/authlib/client.py': application('authlib/client.py'),
  }),
  clock: 'faketime',
  names: true,
} satisfies ContainerOptions<ClientWiring>;

export default defineTarget({
  ...authlib,
  id: 'containers/authlib',
  summary: "Debian 12's Authlib 1.2 with its OAuth2Session for Requests, in a container, for machines without Python",
  declares: {
    leeway: { value: '120s', source: 'Authlib@1.2.0/authlib/integrations/base_client/sync_openid.py: leeway' },
  },
  driver: asked(container(options), postedTo('/')),
});
