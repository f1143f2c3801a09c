import { visible } from '../format/text.ts';

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;
const SECRET_NAME = /TOKEN|SECRET|PASSW|CREDENTIAL|API_?KEY|PRIVATE/i;

/** Whether the value of a name, of an environment variable for example, is better not shown. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** A command as it will be called: words with anything unusual in them are quoted, so that each word's bounds show. */
export function argvText(argv: readonly string[]): string {
  return argv.map((word) => (PLAIN.test(word) ? word : `'${visible(word).replaceAll("'", "'\\''")}'`)).join(' ');
}

/** An environment as `NAME=value` words; values whose name tells of a secret stay hidden. */
export function environmentWords(env: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(env).map(([name, value]) =>
    isSecretName(name) ? `${visible(name)}=(hidden)` : argvText([`${name}=${value}`]),
  );
}
