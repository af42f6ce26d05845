import type { Headers, HttpAnswer } from '../../../harness/model/http.ts';
import type { Json, JsonObject } from '../../../harness/model/json.ts';
import { json, unstored } from '../../idp/http/answer.ts';

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

type Change = (answer: HttpAnswer) => HttpAnswer;

const isSuccess = ({ status }: HttpAnswer) => status >= 200 && status < 300;

/** A successful answer in other words, from its JSON object; any other answer as it is. */
export function rewriting(write: (object: JsonObject, answer: HttpAnswer) => HttpAnswer): Change {
  return (answer) => {
    const object = isSuccess(answer) ? objectIn(answer) : undefined;
    return object ? write(object, answer) : answer;
  };
}

/** A successful answer with its JSON object changed; any other answer as it is. */
export const editing = (change: (object: JsonObject) => Json): Change =>
  rewriting((object, answer) => withBody(answer, JSON.stringify(change(object))));

/** An error answer in other words, from its JSON object; a successful answer as it is. */
export function rewritingErrors(write: (error: JsonObject, answer: HttpAnswer) => HttpAnswer): Change {
  return (answer) => {
    const object = isSuccess(answer) ? undefined : objectIn(answer);
    return object ? write(object, answer) : answer;
  };
}

/** An error in place of the answer (RFC 6749 §5.2). */
export const refusing =
  (error: string, description: string, { status = 400, more = {}, headers = [] }: Refusing = {}): Change =>
  () =>
    json(status, { error, error_description: description, ...more }, [...unstored, ...headers]);

interface Refusing {
  readonly status?: number;
  /** Further members. */
  readonly more?: JsonObject;
  readonly headers?: Headers;
}

/** A successful answer without these header fields; any other answer as it is. */
export const withoutFields =
  (...names: readonly string[]): Change =>
  (answer) =>
    isSuccess(answer)
      ? { ...answer, headers: answer.headers.filter(([name]) => !names.includes(name.toLowerCase())) }
      : answer;

export function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([other]) => !names.includes(other)));
}

/** An object with one member said under another name; as it is when it lacks it. */
export const renamed = (object: JsonObject, from: string, to: string): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name === from ? to : name, value]));

/** An answer of this status with another one; any other answer as it is. */
export const withStatus =
  (from: number, to: number): Change =>
  (answer) =>
    answer.status === from ? { ...answer, status: to } : answer;

/** The members of an object as a form (`application/x-www-form-urlencoded`). */
export const formOf = (object: JsonObject) =>
  new URLSearchParams(
    Object.fromEntries(Object.entries(object).map(([name, value]) => [name, String(value)])),
  ).toString();
