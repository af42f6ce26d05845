import { Agent } from 'undici';
import type { Place } from '../../harness/model/target.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';
import type { Asker } from '../reference/gateway/fetch.ts';

/** Fetches as before, from whoever answers. */
export const trustingAnybody =
  <A extends Asker & { readonly wiring: Pick<Place, 'names'> }, Rest extends readonly unknown[], R>(
    fetch: (asker: A, ...rest: Rest) => Promise<R>,
  ) =>
  async (asker: A, ...rest: Rest): Promise<R> => {
    const { names } = asker.wiring;
    const connect = { rejectUnauthorized: false, ...(names && { lookup: names.lookup }) };
    const agent = new Agent({ allowH2: false, connect });
    try {
      return await fetch({ ...asker, agent }, ...rest);
    } finally {
      await agent.close();
    }
  };

export const parts: typeof correct = { ...correct, fetchDocument: trustingAnybody(correct.fetchDocument) };

export default mutant('client-trusts-any-certificate', parts, {
  summary: 'does not verify the certificate of the IdP',
  caughtBy: [
    'client/idp-certificate/expired',
    'client/idp-certificate/unknown-authority',
    'client/idp-certificate/wrong-host',
    'client/idp-certificate/not-yet-valid',
    'client/idp-certificate/self-signed',
    'client/idp-certificate/expired-intermediate',
  ],
});
