import { z } from 'zod';
import { version } from '../version.ts';
import type { AdminApi } from './operation.ts';

/** What every refusal says (RFC 9457). */
export const problem = z
  .strictObject({
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('A sentence that says what is wrong.'),
    errors: z
      .array(z.strictObject({ path: z.string(), message: z.string() }))
      .optional()
      .describe('What is wrong with the members of the request.'),
  })
  .meta({ id: 'Problem' });

/** The document of an admin API (OpenAPI 3.1), from the schemas that validate its requests. */
export function openApi<Context>({ title, description, operations }: AdminApi<Context>): object {
  const schemas: { [name: string]: unknown } = {};
  const schemaOf = (schema: z.ZodType) => {
    const text = JSON.stringify(z.toJSONSchema(schema, { io: 'input' }));
    const { $schema, $defs, id, ...plain } = JSON.parse(text.replaceAll('#/$defs/', '#/components/schemas/'));
    for (const [name, { id: _, ...one }] of Object.entries<{ id?: string }>($defs ?? {})) schemas[name] = one;
    if (id === undefined) return plain;
    schemas[id] = plain;
    return { $ref: `#/components/schemas/${id}` };
  };
  const content = (schema: z.ZodType, type = 'application/json') => ({
    content: { [type]: { schema: schemaOf(schema) } },
  });

  const described = ({ id, method, path, summary, query, body, answer, created }: (typeof operations)[number]) => ({
    operationId: id,
    tags: [path.split('/')[path.startsWith('/tenants/{tenant}/') ? 3 : 1]],
    summary,
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(name as string, 'path', { type: 'string' })),
      ...Object.entries(query?.shape ?? {}).map(([name, schema]) =>
        parameter(name, 'query', schemaOf(schema as z.ZodType)),
      ),
    ],
    ...(body && { requestBody: { required: true, ...content(body) } }),
    responses: {
      ...(answer
        ? { [created ? '201' : '200']: { description: 'Done.', ...content(answer) } }
        : { '204': { description: method === 'DELETE' ? 'It is gone.' : 'Done.' } }),
      '4XX': { description: 'Refused.', ...content(problem, 'application/problem+json') },
    },
  });

  const paths: { [path: string]: { [method: string]: object } } = {};
  for (const one of operations) paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: described(one) };
  return {
    openapi: '3.1.1',
    info: {
      title,
      version: version(),
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{}, { bearer: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The secret that the API was started with, if any.' },
      },
    },
  };
}

const parameter = (name: string, where: 'path' | 'query', schema: object) => ({
  name,
  in: where,
  required: where === 'path',
  schema,
});
