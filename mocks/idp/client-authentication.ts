import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from '../../harness/model/http.ts';
import { Refusal } from './answer.ts';
import { type Form, field } from './form.ts';

/** A confidential client, registered. */
export interface RegisteredClient {
  readonly id: string;
  readonly secret: string;
}

type Credentials = { readonly id: string; readonly secret: string };

/**
 * The client that sent this request, by HTTP Basic or by the body (RFC 6749 §2.3.1). Throws a `Refusal`:
 * `invalid_client` when it is unknown or fails to prove itself, `invalid_request` when it uses both methods.
 */
export function authenticate(request: HttpRequest, form: Form, clients: readonly RegisteredClient[]): RegisteredClient {
  const basic = fromHeader(request);
  const post = fromBody(form);
  if (basic && post) throw new Refusal('invalid_request', 'Use one way of client authentication, not two');
  const given = basic ?? post;
  if (!given) throw new Refusal('invalid_client', 'Client authentication is missing');
  const claimed = form.get('client_id') ?? given.id;
  if (claimed !== given.id) throw new Refusal('invalid_request', 'client_id differs from the client in Authorization');
  const client = clients.find(({ id }) => id === given.id);
  if (!client) throw new Refusal('invalid_client', 'The client is unknown');
  if (!same(client.secret, given.secret)) throw new Refusal('invalid_client', 'The client secret is wrong');
  return client;
}

function fromHeader(request: HttpRequest): Credentials | undefined {
  const value = field(request, 'authorization');
  if (value === undefined) return undefined;
  if (request.headers.filter(([name]) => name.toLowerCase() === 'authorization').length > 1)
    throw new Refusal('invalid_request', 'Authorization stands twice');
  const [, encoded] = /^basic +([A-Za-z0-9+/]+=*) *$/i.exec(value) ?? [];
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
  if (id === undefined || secret === undefined) throw new Refusal('invalid_client', 'Authorization is not Basic');
  return { id: decoded(id), secret: decoded(secret) };
}

function fromBody(form: Form): Credentials | undefined {
  const secret = form.get('client_secret');
  if (secret === undefined) return undefined;
  const id = form.get('client_id');
  if (id === undefined) throw new Refusal('invalid_client', 'client_secret has no client_id with it');
  return { id, secret };
}

/** RFC 6749 §2.3.1 and appendix B: both halves of Basic are form-urlencoded first. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new Refusal('invalid_client', 'The credentials in Authorization are not form-urlencoded');
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest();

const same = (one: string, other: string) => timingSafeEqual(digest(one), digest(other));
