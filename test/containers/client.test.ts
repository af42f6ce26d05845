import prometheus from '../../targets/containers/prometheus/target.ts';
import { wholeSuite } from './whole-suite.ts';

wholeSuite(prometheus, 60, ['token-answer/token-type-unknown']);
