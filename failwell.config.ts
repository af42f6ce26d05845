import { defineConfig } from './harness/config/config.ts';

export default defineConfig({
  targets: ['targets/*/*/target.ts'],
});
