import oidcProvider from '../../targets/containers/oidc-provider/target.ts';
import { wholeSuite } from './whole-suite.ts';

wholeSuite(oidcProvider, 400, ['code/no-redirect-uri', 'redirect-uri-token/empty']);
