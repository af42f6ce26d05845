import { ownIo, ownWiring } from '../process/own-process.ts';
import { startIdp } from './server.ts';

await startIdp(ownWiring(), ownIo());
