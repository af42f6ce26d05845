import { defineTarget } from '../../../harness/define.ts';
import { keycloak } from '../keycloak/variant.ts';
import { account, postgresql } from '../postgresql/store.ts';

export default defineTarget(
  keycloak(
    {
      id: 'containers/keycloak-postgresql',
      summary: 'Keycloak 26.7 on Java 17 as containers/keycloak, on PostgreSQL 15 in a container of its own',
    },
    {
      build: new URL('.', import.meta.url),
      store: postgresql(),
      // It makes its tables first.
      startsWithin: 170_000,
      env: ({ store }) => ({
        KC_DB_URL_HOST: store?.host ?? '',
        KC_DB_URL_PORT: String(store?.port ?? ''),
        KC_DB_URL_DATABASE: account.database,
        KC_DB_USERNAME: account.user,
        KC_DB_PASSWORD: account.password,
      }),
    },
  ),
);
