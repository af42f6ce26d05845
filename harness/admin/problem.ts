import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import { FailwellError } from '../model/error.ts';
import { Conflict, NotFound } from './operation.ts';

/** A refusal on its way up. */
export class Problem extends Error {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly errors: readonly { readonly path: string; readonly message: string }[] | undefined;

  /** @param detail a sentence that says what is wrong */
  constructor(
    status: number,
    detail: string,
    { headers = {}, errors }: Partial<Pick<Problem, 'headers' | 'errors'>> = {},
  ) {
    super(detail);
    this.status = status;
    this.headers = headers;
    this.errors = errors;
  }

  /** RFC 9457 §3. */
  get document(): object {
    const { status, message: detail, errors } = this;
    return { title: STATUS_CODES[status], status, detail, ...(errors && { errors }) };
  }
}

/** What does not fit its schema. */
export function unfit(what: string, { issues }: z.ZodError): Problem {
  const errors = issues.slice(0, 20).map(({ path, message }) => ({
    path: path.map((part) => `/${String(part)}`).join(''),
    message,
  }));
  return new Problem(400, `The ${what} is not as the document (/openapi.json) says.`, { errors });
}

/** What an operation throws, as a refusal. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof NotFound) return new Problem(404, thrown.message);
  if (thrown instanceof Conflict) return new Problem(409, thrown.message);
  if (thrown instanceof FailwellError && thrown.code !== 'harness') return new Problem(422, thrown.message);
  return new Problem(500, `The mock failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
}
