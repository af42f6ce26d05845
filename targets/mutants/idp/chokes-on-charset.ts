import { misreadsCharset } from '../../../mocks/faults/idp/index.ts';
import { mutant } from '../../reference/idp/variant.ts';

export default mutant('chokes-on-charset', [misreadsCharset()], {
  summary: 'takes a form with a charset for none',
  caughtBy: ['idp/request-encoding/content-type-charset'],
});
