import { brokenFor } from '../broken.ts';
import { callApi } from './stimuli.ts';

/** Something around the gateway is broken, and the API is called with a correct token. */
export const broken = brokenFor('gateway', [callApi()]);
