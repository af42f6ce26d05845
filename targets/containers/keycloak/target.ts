import { defineTarget } from '../../../harness/define.ts';
import { keycloak } from './variant.ts';

export default defineTarget(
  keycloak(
    {
      id: 'containers/keycloak',
      summary: 'Keycloak 26.7 on Java 17: an optimized build, its realm imported, refresh tokens revoked when used',
    },
    { build: new URL('.', import.meta.url) },
  ),
);
