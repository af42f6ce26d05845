import { inProcess } from '../../../harness/drivers/in-process.ts';
import type { HttpAnswer } from '../../../harness/model/http.ts';
import type { IdpWiring, Target } from '../../../harness/model/target.ts';
import { idpOf } from '../idp/variant.ts';
import { type Journal, type Manners, mannerly, openJournal } from './journal.ts';
import { journalServer } from './store.ts';

/** What the IdP does when its store has failed; what it returns is answered in place of the right answer. */
export type OnFailure = (
  error: Error,
  place: { readonly host: string; readonly port: number },
) => HttpAnswer | undefined;

/** RFC 9110 §15.6.4, with the error code of RFC 6749 §4.1.2.1. */
const unavailable: OnFailure = () => ({
  status: 503,
  headers: [
    ['content-type', 'application/json'],
    ['cache-control', 'no-store'],
  ],
  body: Buffer.from('{"error":"temporarily_unavailable","error_description":"Try again later"}'),
});

/** The mock IdP, which writes each request that changes something into a journal on a server elsewhere before it is heard. */
export function idpWithStore(
  id: string,
  summary: string,
  { manners = mannerly, failed = unavailable }: { readonly manners?: Manners; readonly failed?: OnFailure } = {},
): Target<'idp'> {
  const { declares, capabilities, ...like } = idpOf(id, summary);
  return {
    ...like,
    declares,
    capabilities: capabilities.filter((one) => one !== 'clock'),
    driver: {
      ...inProcess<IdpWiring>(async (wiring, io) => {
        const place = wiring.store ?? { host: '127.0.0.1', port: 0 };
        const journal: Journal = openJournal(place, manners);
        const { startIdp } = await import('../idp/server.ts');
        const instance = await startIdp(wiring, io, [], async ({ method, path }) => {
          // Documents are nobody's doing.
          if (method === 'GET' && /\/(?:jwks|\.well-known\/)/.test(path)) return undefined;
          try {
            await journal.write(`${method} ${path.replace(/\?.*/s, '')}`);
            return undefined;
          } catch (error) {
            io.log('stderr', `level=error store="${(error as Error).message}: the database could not be reached"`);
            return failed(error as Error, place);
          }
        });
        return {
          ...instance,
          async stop() {
            journal.close();
            await instance.stop();
          },
        };
      }),
      brings: ['store'],
      store: journalServer(),
    },
  };
}
