import { container } from '../../../harness/drivers/container/container.ts';
import type { Driver, Place } from '../../../harness/model/target.ts';

/** What its Dockerfile makes. */
export const account = { database: 'store', user: 'store', password: 'postgres-pw-6b41d0c7e9' } as const;

/** PostgreSQL 15 from Debian, in a container of its own. */
export const postgresql = (): Driver<Place> =>
  container<Place>({
    build: new URL('.', import.meta.url),
    port: 5432,
    ready: { log: /database system is ready to accept connections/ },
  });
