import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { runEvent, schemaVersion } from './schema.ts';

/**
 * The record's schema for readers in other languages (JSON Schema 2020-12): what one line of a record must hold. Write
 * it anew after a change of `schema.ts`: `node harness/record/json-schema.ts && npx biome format --write docs`.
 */
export function jsonSchema(): object {
  // `input` leaves members open that this version does not know.
  const { $schema, ...schema } = z.toJSONSchema(runEvent, { io: 'input', unrepresentable: 'any' });
  return {
    $schema,
    title: `A line of a Failwell run record, schema ${schemaVersion}`,
    ...schema,
  };
}

if (import.meta.main) {
  writeFileSync(
    new URL('../../docs/run-record.schema.json', import.meta.url),
    `${JSON.stringify(jsonSchema(), null, 2)}\n`,
  );
}
