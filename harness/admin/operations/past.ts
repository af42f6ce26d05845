import { z } from 'zod';
import { writtenExchange } from '../../record/entry-schema.ts';
import type { Page, PageQuery } from '../history.ts';
import { operationsOn } from '../operation.ts';
import { endpoint, text } from '../schemas.ts';

const { request, response, end, error, errors, faults, timings, stream } = writtenExchange.shape;
const token = z
  .strictObject({
    ref: text.describe('The name of its marker.'),
    header: z.unknown().optional(),
    payload: z.unknown().optional(),
    digest: text,
  })
  .meta({ id: 'PastToken' });

// A number in a query is text.
const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/**
 * Reads and forgets what was asked and answered.
 * @param where the member, also of the query, that says where it was
 */
export function past<Context>(
  where: string,
  {
    page,
    clear,
  }: {
    page(context: Context, place: string | undefined, query: PageQuery): Page<unknown>;
    clear(context: Context): void;
  },
) {
  const operation = operationsOn<Context>();
  const one = z
    .strictObject({
      seq: z.int().min(1),
      [where]: z.string(),
      endpoint,
      time: z.iso.datetime().describe("When it ended, by the machine's clock."),
      took: z.number().describe('Milliseconds.'),
      request,
      response,
      end,
      error,
      errors,
      faults: faults.describe('Ids of those that changed it.'),
      timings,
      stream,
    })
    .meta({ id: 'PastExchange' });
  return [
    operation({
      id: 'readHistory',
      method: 'GET',
      path: '/history',
      summary: 'The latest requests, oldest first. Secrets are replaced by markers, the same throughout one answer.',
      query: z.strictObject({
        [where]: text.optional(),
        endpoint: endpoint.optional(),
        after: count(0, Number.MAX_SAFE_INTEGER).optional().describe('Only those after this `seq`.'),
        limit: count(1, 1000).optional().describe('Default 100.'),
      }),
      answer: z
        .strictObject({
          exchanges: z.array(one),
          tokens: z.array(token).describe('The tokens in these exchanges.'),
          next: z.int().optional().describe('Give it as `after` for more; absent when there is no more yet.'),
        })
        .meta({ id: 'HistoryPage' }),
      run(context) {
        const { [where]: place, ...query } = context.query as { readonly [member: string]: string | undefined };
        return page(context, place, query as PageQuery);
      },
    }),
    operation({
      id: 'clearHistory',
      method: 'DELETE',
      path: '/history',
      summary: 'Forgets them.',
      run: (context) => clear(context),
    }),
  ];
}
