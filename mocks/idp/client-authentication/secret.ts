import { timingSafeEqual } from 'node:crypto';
import { Refusal } from '../http/answer.ts';
import type { RegisteredClient } from './registration.ts';

/** Compares in a time that tells nothing of the secret but its length. Throws a `Refusal`. */
export function checkSecret({ secret }: RegisteredClient, given: string): void {
  // An empty secret proves nothing, not even for a client that has none.
  if (!secret || !same(Buffer.from(secret), Buffer.from(given)))
    throw new Refusal('invalid_client', 'The client secret is wrong');
}

const same = (one: Buffer, other: Buffer) => one.byteLength === other.byteLength && timingSafeEqual(one, other);
