import { z } from 'zod';
import { type AdminApi, operationsOn } from '../operation.ts';

/** @param api the one that it belongs to: the document is made of all its operations, this one included */
export const documentOf = <Context>(api: () => AdminApi<Context>) =>
  operationsOn<Context>()({
    id: 'getDocument',
    method: 'GET',
    path: '/openapi.json',
    summary: 'This document.',
    answer: z.looseObject({ openapi: z.string() }),
    run: async () => (await import('../openapi.ts')).openApi(api()),
  });
