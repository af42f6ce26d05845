import { defineConfig } from '../../harness/config/config.ts';

export default defineConfig({ targets: ['../../targets/reference/*/target.ts', '../../targets/mutants/**/*.ts'] });
