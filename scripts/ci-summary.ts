/** Sums test reports to the line `N passed, N failed, N skipped`; fails on a skip that the allowlist does not name. */
import { readFileSync } from 'node:fs';

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const [allowlistPath, ...reportPaths] = process.argv.slice(2);
if (allowlistPath === undefined || reportPaths.length === 0) {
  console.error('usage: ci-summary ALLOWLIST REPORT.json [REPORT.json ...]');
  process.exit(2);
}

const allowed = new Set(
  readFileSync(allowlistPath, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')),
);
const reports = reportPaths.map((path) => JSON.parse(readFileSync(path, 'utf8')) as Report);
const files = reports.flatMap((report) => report.testResults);
const tests = files.flatMap((file) => file.assertionResults);
const named = (status: string): readonly string[] =>
  tests.filter((test) => test.status === status).map((test) => test.fullName.trim());

const passed = named('passed');
const brokenFiles = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
const failed = [...named('failed'), ...brokenFiles.map((file) => file.name)];
const skipped = [...named('skipped'), ...named('pending'), ...named('todo')];
const surprising = skipped.filter((name) => !allowed.has(name));

for (const name of failed) console.log(`failed: ${name}`);
for (const name of surprising) console.log(`skipped and not in ${allowlistPath}: ${name}`);
console.log(`${passed.length} passed, ${failed.length + surprising.length} failed, ${skipped.length} skipped`);
process.exitCode = failed.length + surprising.length > 0 || passed.length === 0 ? 1 : 0;
