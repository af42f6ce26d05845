import { brokenFor } from '../broken.ts';
import { logIn } from '../client/stimuli.ts';

/** Something around a chain is broken, and a user logs in at its client, which calls the API through the gateway. */
export const broken = brokenFor('chain', [logIn()]);
