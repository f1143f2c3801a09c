import { defineConfig } from 'vitest/config';

const report = process.env['ROLLWATCH_TEST_REPORT'];

/** Real programs against real or stateful servers: slower, and skipped where a program is not installed. */
export default defineConfig({
  test: {
    include: ['test/integration/**/*.test.ts'],
    globalSetup: ['test/build-once.ts'],
    pool: 'forks',
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Servers and programs share the machine: side by side they would only slow each other down.
    fileParallelism: false,
    env: { NODE_ENV: 'test', TZ: 'UTC', FORCE_COLOR: '0' },
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
