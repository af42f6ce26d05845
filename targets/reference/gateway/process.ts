import { ownIo, ownWiring } from '../process/own-process.ts';
import { startGateway } from './server.ts';

await startGateway(ownWiring(), ownIo());
