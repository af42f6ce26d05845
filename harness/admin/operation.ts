import type { z } from 'zod';
import type { Server } from '../../mocks/alone/server.ts';
import type { Tenant } from '../../mocks/alone/tenant.ts';
import { FailwellError } from '../model/error.ts';

/** What an operation works with. */
export interface Asked<Body, Query> {
  readonly server: Server;
  /** A segment of the path that stands in braces, decoded. */
  param(name: string): string;
  /** The tenant in the path. Throws a `NotFound`. */
  tenant(): Tenant;
  readonly body: Body;
  readonly query: Query;
}

/** One thing that the admin API can do. Its schemas validate what comes, and are what the OpenAPI document says. */
export interface Operation {
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
  run(asked: Asked<never, never>): unknown;
}

type Described<Body extends z.ZodType, Query extends z.ZodObject> = Omit<Operation, 'body' | 'query' | 'run'> & {
  readonly body?: Body;
  readonly query?: Query;
  run(asked: Asked<z.output<Body>, z.output<Query>>): unknown;
};

/** With what its schemas say as types. */
export const operation = <Body extends z.ZodType, Query extends z.ZodObject>(described: Described<Body, Query>) =>
  described as Operation;

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
