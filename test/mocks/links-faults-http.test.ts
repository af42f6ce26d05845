import { http } from './links-expected-http.ts';
import { everyFaultIsMet } from './links-met.ts';

everyFaultIsMet(http, { secure: false });
