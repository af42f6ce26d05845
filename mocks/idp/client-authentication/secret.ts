import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../answer.ts';
import type { RegisteredClient } from './registration.ts';

/** Compares in a time that tells nothing about the secret. Throws a `Refusal`. */
export function checkSecret({ secret }: RegisteredClient, given: string): void {
  // An empty secret proves nothing, not even for a client that has none.
  if (!secret || !timingSafeEqual(digest(secret), digest(given)))
    throw new Refusal('invalid_client', 'The client secret is wrong');
}

const digest = (text: string) => createHash('sha256').update(text).digest();
