import { documents } from './links-expected-documents.ts';
import { everyFaultIsMet } from './links-met.ts';

everyFaultIsMet(documents, { secure: false });
