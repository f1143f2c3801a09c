import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/integration/**', 'test/architecture/canary/**'],
    globalSetup: ['test/build-once.ts'],
    pool: 'forks',
    testTimeout: 20_000,
    env: { NODE_ENV: 'test', TZ: 'UTC' },
  },
});
