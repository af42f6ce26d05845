import type { Delivery, Headers, PlannedAnswer } from '../../../harness/model/http.ts';

/** The fields without one of them. The same list when it was not there. */
export function withoutField(headers: Headers, name: string): Headers {
  const unwanted = name.toLowerCase();
  const rest = headers.filter(([field]) => field.toLowerCase() !== unwanted);
  return rest.length === headers.length ? headers : rest;
}

/** The fields with one of them set once. */
export function withField(headers: Headers, name: string, value: string): Headers {
  return [...withoutField(headers, name), [name, value]];
}

/** The answer with another body and, if given, another media type. The link sees to `Content-Length`. */
export function withBody(answer: PlannedAnswer, body: string | Uint8Array, mediaType?: string): PlannedAnswer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const headers = mediaType === undefined ? answer.headers : withField(answer.headers, 'Content-Type', mediaType);
  return { ...answer, headers, body: bytes };
}

/** The body as text; UTF-8. */
export function textOf(answer: PlannedAnswer): string {
  return Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength).toString();
}

/** The answer with more wrong about its delivery than there was. */
export function delivered(answer: PlannedAnswer, more: Delivery): PlannedAnswer {
  return { ...answer, delivery: { ...answer.delivery, ...more } };
}
