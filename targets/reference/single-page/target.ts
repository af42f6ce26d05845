import { defineTarget } from '../../../harness/define.ts';
import { pageOf } from './variant.ts';

export default defineTarget(
  pageOf('reference/single-page', "Failwell's own single-page application: how to fail well in a browser"),
);
