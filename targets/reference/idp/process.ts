import { ownIo, ownWiring } from '../own-process.ts';
import { startIdp } from './server.ts';

await startIdp(ownWiring(), ownIo());
