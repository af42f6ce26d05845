import type { HttpAnswer } from '../../../harness/model/http.ts';
import type { Json, JsonObject } from '../../../harness/model/json.ts';

/** The JSON object in an answer's body, if there is one. */
function objectIn({ body }: HttpAnswer): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(Buffer.from(body).toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** An answer with another body, of the same type unless another is named. */
export function withBody(answer: HttpAnswer, text: string, type?: string): HttpAnswer {
  const headers = type
    ? answer.headers.map(([name, value]) => [name, name.toLowerCase() === 'content-type' ? type : value] as const)
    : answer.headers;
  return { ...answer, headers, body: Buffer.from(text) };
}

/** A successful answer with its JSON object changed; any other answer as it is. */
export function editing(change: (object: JsonObject) => Json): (answer: HttpAnswer) => HttpAnswer {
  return (answer) => {
    const object = answer.status === 200 ? objectIn(answer) : undefined;
    return object ? withBody(answer, JSON.stringify(change(object))) : answer;
  };
}

export function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));
}
