import { createInterface } from 'node:readline/promises';

/** One line typed at the terminal, without the white space around it; empty at the end of the input. Asks on stderr. */
export async function typedAnswer(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return (await Promise.race([lines.question(question), ended])).trim();
  } finally {
    lines.close();
  }
}
