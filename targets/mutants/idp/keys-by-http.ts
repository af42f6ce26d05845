import { metadataJwksUriHttp } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('keys-by-http', [metadataJwksUriHttp()], {
  summary: 'publishes its keys by plain HTTP',
  caughtBy: ['idp/documents/https'],
});
