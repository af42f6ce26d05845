import type { z } from 'zod';
import { FailwellError } from '../model/error.ts';

/** What an operation works with: `Context` is what there is to administer. */
export type Asked<Context, Body, Query> = Context & {
  /** A segment of the path that stands in braces, decoded. */
  param(name: string): string;
  readonly body: Body;
  readonly query: Query;
};

/** One thing that an admin API can do. Its schemas validate what comes, and are what the OpenAPI document says. */
export interface Operation<Context> {
  /** `operationId`. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With `{names}`: `/tenants/{tenant}`. */
  readonly path: string;
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly query?: z.ZodObject;
  /** What a success answers, 204 when absent. `created` makes it 201 instead of 200. */
  readonly answer?: z.ZodType;
  readonly created?: true;
  run(asked: Asked<Context, never, never>): unknown;
}

type Described<Context, Body extends z.ZodType, Query extends z.ZodObject> = Omit<
  Operation<Context>,
  'body' | 'query' | 'run'
> & {
  readonly body?: Body;
  readonly query?: Query;
  run(asked: Asked<Context, z.output<Body>, z.output<Query>>): unknown;
};

/** Makes operations on something, with what their schemas say as types. */
export const operationsOn =
  <Context>() =>
  <Body extends z.ZodType, Query extends z.ZodObject>(described: Described<Context, Body, Query>) =>
    described as Operation<Context>;

/** All that an admin API is. */
export interface AdminApi<Context> {
  readonly title: string;
  readonly description: string;
  /** In the order of its document. */
  readonly operations: readonly Operation<Context>[];
}

/** There is nothing at this path: 404. */
export class NotFound extends FailwellError {
  constructor(what: string, which: string) {
    super('usage', `There is no ${what} '${which}'.`);
  }
}

/** It is there already: 409. */
export class Conflict extends FailwellError {
  constructor(what: string, which: string) {
    super('usage', `There is a ${what} '${which}' already.`);
  }
}
