import { ownIo, ownWiring } from '../own-process.ts';
import { startGateway } from './server.ts';

await startGateway(ownWiring(), ownIo());
