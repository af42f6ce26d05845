import { defineTarget } from '../../../harness/define.ts';
import { idpWithStore } from './variant.ts';

export default defineTarget(
  idpWithStore('reference/idp-with-store', "Failwell's own mock IdP, which keeps a journal on a server elsewhere"),
);
