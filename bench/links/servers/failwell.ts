import { createHistory } from '../../../mocks/alone/history.ts';
import { openLink } from '../../../mocks/links/link.ts';
import { serving } from '../../idp/serving.ts';

/** A link without a fault, with recording. */
const history = createHistory(() => Date.now());
const { url } = await openLink({
  name: 'client→idp',
  listen: true,
  origin: { url: process.argv[2] ?? '' },
  now: () => performance.now(),
  observe: (seen) => history.add('', seen),
});
serving({ url });
