import { execFileSync } from 'node:child_process';

/** Builds dist/ once per test run, so that the end-to-end tests drive the program as shipped. */
export default function setup(): void {
  if (process.env['ROLLWATCH_SKIP_BUILD'] === '1') return;
  execFileSync(process.execPath, ['scripts/build.ts'], { stdio: 'inherit' });
}
