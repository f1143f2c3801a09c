import { readFile } from 'node:fs/promises';
import { request } from 'node:http';

const MAX_CHARS = 4096;

/**
 * The version a side states: the first line of a file, or of what it answers to `http://…` with status 200. Null where
 * it states none in time.
 */
export async function sideVersion(from: string, timeoutMs = 5000): Promise<string | null> {
  const text = from.startsWith('http://') ? await answerOf(from, timeoutMs) : await contentOf(from);
  const line = text?.split('\n')[0]?.trim() ?? '';
  return line === '' ? null : line.slice(0, 128);
}

async function contentOf(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).slice(0, MAX_CHARS);
  } catch {
    // A side that was never deployed has no file: it states no version.
    return null;
  }
}

function answerOf(url: string, timeoutMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    let text = '';
    const timer = setTimeout(() => asked.destroy(new Error('no answer in time')), timeoutMs);
    const end = (value: string | null): void => {
      clearTimeout(timer);
      resolve(value);
    };
    // A connection of its own each time: what answers must be what runs now.
    const asked = request(url, { agent: false }, (response) => {
      response.setEncoding('utf8').on('data', (part: string) => {
        if (text.length < MAX_CHARS) text += part;
      });
      response.once('end', () => end(response.statusCode === 200 ? text : null));
      response.once('error', () => end(null));
    });
    asked.once('error', () => end(null));
    asked.end();
  });
}
