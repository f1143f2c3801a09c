import { defineConfig } from 'vitest/config';

const report = process.env['ROLLWATCH_TEST_REPORT'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/integration/**', 'test/architecture/canary/**'],
    globalSetup: ['test/build-once.ts'],
    pool: 'forks',
    // Nothing is mocked and nothing global is left changed: a process for each file would cost a third of all the time.
    isolate: false,
    // Many tests wait for processes and screens: one worker a core, less one, would leave the machine idle.
    maxWorkers: 3,
    // What hangs ends here; a busy machine is no failure.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    env: { NODE_ENV: 'test', TZ: 'UTC', FORCE_COLOR: '0' },
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
