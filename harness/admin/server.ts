import { once } from 'node:events';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { addressOf, cannotListen, inUrl, isLoopback } from '../../mocks/alone/address.ts';
import type { Server } from '../../mocks/alone/server.ts';
import { FailwellError } from '../model/error.ts';
import { createGuard } from './guard.ts';
import type { AdminApi, Operation } from './operation.ts';
import { Problem, problemOf, unfit } from './problem.ts';
import { bodyOf } from './request-body.ts';

export interface AdminOptions {
  /** Where to listen. Default `localhost`; anywhere else needs a secret. */
  readonly host?: string;
  /** Default 0: one that the system chooses. */
  readonly port?: number;
  /** What callers must send as a bearer token; nobody must when absent. */
  readonly secret?: string;
}

/** An admin API and what it administers. */
export interface Served<Context> extends AdminApi<Context> {
  /** What it is served with; plain HTTP when absent. */
  readonly tls?: Server['tls'] | undefined;
  /** What the operations of one request work with. */
  context(param: (name: string) => string): Context;
}

/** An admin API that listens. */
export interface Admin extends AsyncDisposable {
  /** Without a trailing slash. */
  readonly url: string;
}

/** Serves the admin API. Rejects with a `FailwellError` (`usage`) where it cannot listen, or should not. */
export async function openAdmin<Context extends object>(
  api: Served<Context>,
  { host = 'localhost', port = 0, secret }: AdminOptions,
): Promise<Admin> {
  if (!isLoopback(host) && !secret)
    throw new FailwellError(
      'usage',
      `The admin API on ${host} is open to others: give it a secret, or keep it on localhost.`,
    );
  const guard = createGuard(host, secret || undefined);
  const routes = routesOf(api);
  const listener = (message: IncomingMessage, response: ServerResponse) => {
    const refused = guard(message.headers);
    if (refused) refuse(response, refused);
    else answer(message, response, api, routes);
  };
  const { tls } = api;
  const http = tls ? createHttps(tls, listener) : createHttp(listener);
  try {
    http.listen(port, addressOf(host));
    await once(http, 'listening');
  } catch (problem) {
    throw cannotListen('The admin API', host, port, problem);
  }
  return {
    url: `${tls ? 'https' : 'http'}://${inUrl(host)}:${(http.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(http.close(), 'close');
      http.closeAllConnections();
      await closed;
    },
  };
}

async function answer<Context extends object>(
  message: IncomingMessage,
  response: ServerResponse,
  api: Served<Context>,
  routes: Routes<Context>,
): Promise<void> {
  try {
    const [path = '', search = ''] = (message.url ?? '').split('?', 2);
    const { operation, parameters } = route(routes, message.method === 'HEAD' ? 'GET' : (message.method ?? ''), path);
    const param = (name: string) => parameters[name] as string;
    const asked = {
      ...api.context(param),
      param,
      query: validated('query', operation.query, Object.fromEntries(new URLSearchParams(search))),
      body: operation.body && validated('body', operation.body, await bodyOf(message)),
    };
    const result = await operation.run(asked as Parameters<Operation<Context>['run']>[0]);
    if (operation.answer) send(response, operation.created ? 201 : 200, result as object);
    else send(response, 204);
  } catch (thrown) {
    refuse(response, problemOf(thrown));
  }
}

function validated(what: string, schema: Operation<never>['body'], value: unknown): unknown {
  const result = schema?.safeParse(value);
  if (result?.error) throw unfit(what, result.error);
  return result?.data;
}

const routesOf = <Context>({ operations }: AdminApi<Context>) =>
  operations.map((operation) => ({
    operation,
    pattern: new RegExp(`^${operation.path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
  }));

type Routes<Context> = ReturnType<typeof routesOf<Context>>;

/** Throws a `Problem`: 404, 405. */
function route<Context>(routes: Routes<Context>, method: string, path: string) {
  const there = routes.flatMap(({ operation, pattern }) => {
    const match = pattern.exec(path);
    return match ? [{ operation, groups: match.groups ?? {} }] : [];
  });
  if (there.length === 0) throw new Problem(404, 'There is nothing here: GET /openapi.json says what there is.');
  const found = there.find(({ operation }) => operation.method === method);
  if (found) return { operation: found.operation, parameters: decoded(found.groups) };
  const allow = there.map(({ operation }) => operation.method).join(', ');
  throw new Problem(405, `Use ${allow}.`, { headers: { allow } });
}

function decoded(groups: { readonly [name: string]: string }): { readonly [name: string]: string } {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    throw new Problem(400, 'The path is not percent-encoded UTF-8.');
  }
}

const refuse = (response: ServerResponse, { status, document, headers }: Problem) =>
  send(response, status, document, headers);

function send(
  response: ServerResponse,
  status: number,
  value?: object,
  headers: { readonly [name: string]: string } = {},
): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  const plain = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers };
  // What is left of a body that was refused must not be taken for the next request.
  if (status === 413 || status === 415) response.shouldKeepAlive = false;
  response.writeHead(status, { ...plain, ...(value && { 'content-type': type }) }).end(value && JSON.stringify(value));
}
