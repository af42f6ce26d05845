import { tcp } from './links-expected-tcp.ts';
import { everyFaultIsMet } from './links-met.ts';

everyFaultIsMet(tcp, { secure: true });
