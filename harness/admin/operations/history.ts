import { z } from 'zod';
import { exchange } from '../../record/entry-schema.ts';
import { pageOf } from '../history.ts';
import { operation } from '../operation.ts';
import { endpoint, text } from '../schemas.ts';

const { request, response, end, error, faults } = exchange.shape;
const past = z
  .strictObject({
    seq: z.int().min(1),
    tenant: text,
    endpoint,
    time: z.iso.datetime().describe("When it ended, by the machine's clock."),
    took: z.number().describe('Milliseconds.'),
    request,
    response,
    end,
    error,
    faults: faults.describe('Ids of those that changed it.'),
  })
  .meta({ id: 'PastExchange' });
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

export const history = [
  operation({
    id: 'readHistory',
    method: 'GET',
    path: '/history',
    summary: 'The latest requests, oldest first. Secrets are replaced by markers, the same throughout one answer.',
    query: z.strictObject({
      tenant: text.optional(),
      endpoint: endpoint.optional(),
      after: count(0, Number.MAX_SAFE_INTEGER).optional().describe('Only those after this `seq`.'),
      limit: count(1, 1000).optional().describe('Default 100.'),
    }),
    answer: z
      .strictObject({
        exchanges: z.array(past),
        tokens: z.array(token).describe('The tokens in these exchanges.'),
        next: z.int().optional().describe('Give it as `after` for more; absent when there is no more yet.'),
      })
      .meta({ id: 'HistoryPage' }),
    run({ server, query: { tenant, endpoint: at, after, limit } }) {
      const asked = {
        ...(tenant !== undefined && { tenant }),
        ...(at && { endpoint: at }),
        ...(after !== undefined && { after }),
        ...(limit !== undefined && { limit }),
      };
      return pageOf(server.history.list(), server.tenants, asked);
    },
  }),
  operation({
    id: 'clearHistory',
    method: 'DELETE',
    path: '/history',
    summary: 'Forgets them.',
    run: ({ server }) => server.history.clear(),
  }),
];
