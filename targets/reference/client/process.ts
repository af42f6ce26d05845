import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Instruction } from '../../../harness/model/client.ts';
import type { ClientWiring } from '../../../harness/model/target.ts';
import { ownIo, ownWiring } from '../process/own-process.ts';
import { startClient } from './client.ts';

// Takes instructions by POST (docs/shim.md).
const wiring = ownWiring<ClientWiring>();
const client = await startClient(wiring, ownIo());
createServer(async (request, response) => {
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  try {
    const answer = await client.ask!((await json(request)) as Instruction, leaving.signal);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  } catch {
    response.destroy();
  }
}).listen(wiring.port, wiring.host);
