import { z } from 'zod';
import { operation } from '../operation.ts';

export const document = operation({
  id: 'getDocument',
  method: 'GET',
  path: '/openapi.json',
  summary: 'This document.',
  answer: z.looseObject({ openapi: z.string() }),
  // It is made of all operations, this one included.
  run: async () => (await import('../openapi.ts')).openApi(),
});
