import { PlanError } from '../../ports/platform.ts';

/** What an argument of a command may refer to. */
export const PLACEHOLDERS = ['pipeline', 'from', 'to', 'environment'] as const;

/** The value of each placeholder; null where there is none. */
export type PlaceholderValues = Readonly<Record<(typeof PLACEHOLDERS)[number], string | null>> & {
  /** Share of an action; absent in every other command. */
  readonly percent?: string;
};

const PLACEHOLDER = /\{([a-z]+)\}/g;
const SHELL = /(?:^|\/)(?:ba|da|k|z|fi|c|tc|a)?sh$/;

/**
 * Why an argv template cannot be used; null when it can. A placeholder in the program itself or inside a script handed
 * to a shell would make data into a program; the script reads `$ROLLWATCH_TO` and the like instead.
 */
export function templateFault(argv: readonly string[], allowed: readonly string[] = PLACEHOLDERS): string | null {
  const unknown = argv.flatMap(placeholdersOf).find((name) => !allowed.includes(name));
  if (unknown !== undefined) {
    return `a command with no placeholder but ${allowed.map((name) => `{${name}}`).join(' ')}, not {${unknown}}`;
  }
  if (placeholdersOf(argv[0] ?? '').length > 0) return 'a program without a placeholder in its own name';
  const script = SHELL.test(argv[0] ?? '') ? scriptOf(argv) : null;
  if (script !== null && placeholdersOf(script).length > 0) {
    return 'a shell script that reads $ROLLWATCH_PIPELINE, $ROLLWATCH_FROM, $ROLLWATCH_TO: placeholders are not put into scripts';
  }
  return null;
}

/**
 * The argv with every placeholder replaced, as whole arguments or inside one; never split, never joined.
 *
 * @throws PlanError when a value that is asked for is not known.
 */
export function fillTemplate(argv: readonly string[], values: PlaceholderValues): readonly string[] {
  return argv.map((argument) =>
    argument.replaceAll(PLACEHOLDER, (_, name: keyof PlaceholderValues) => {
      const value = values[name] ?? null;
      if (value === null)
        throw new PlanError(`the command asks for {${name}}, which is not known for ${values.pipeline}`);
      return value;
    }),
  );
}

/** The script of `sh -c SCRIPT`, also where other options are joined to it (`-ec`). */
function scriptOf(argv: readonly string[]): string | null {
  const option = argv.findIndex((argument, index) => index > 0 && /^-[a-z]*c[a-z]*$/.test(argument));
  return option === -1 ? null : (argv[option + 1] ?? null);
}

function placeholdersOf(argument: string): readonly string[] {
  return [...argument.matchAll(PLACEHOLDER)].map(([, name]) => name!);
}
