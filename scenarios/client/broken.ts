import { brokenFor } from '../broken.ts';
import { work } from './stimuli.ts';

/** Something around the client is broken, and it does its work: its user logs in, or it gets a token by itself. */
export const broken = brokenFor('client', [work()]);
