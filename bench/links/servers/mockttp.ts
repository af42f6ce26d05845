import { getLocal } from 'mockttp';
import { serving } from '../../idp/serving.ts';

/** mockttp as its documentation sets up a plain forward, with its recording of requests off. */
const server = getLocal({ recordTraffic: false });
await server.start();
await server.forAnyRequest().thenForwardTo(process.argv[2] ?? '');
serving({ url: server.url.replace('localhost', '127.0.0.1') });
