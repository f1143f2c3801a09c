import fc from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { includeText, readInclude, replaceInclude } from '../../../../src/platforms/nginx/include-file.ts';
import { SHARE_TOLERANCE } from '../../../../src/platforms/shares.ts';
import type { Sides } from '../../../../src/platforms/two-sides.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

const folder = temporaryFolder();
const sides: Sides = [
  { name: 'blue', servers: ['127.0.0.1:1', '127.0.0.1:2'], version: '/blue' },
  { name: 'green', servers: ['unix:/run/green.sock'], version: '/green' },
];

function file(text: string): string {
  const path = join(folder.path, 'checkout.conf');
  writeFileSync(path, text);
  return path;
}

describe('the include file', () => {
  it('says the share that was written into it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 100 }), async (percent) => {
        const { percents } = await readInclude(file(includeText({ to: sides[0], from: sides[1] }, percent)), sides);
        expect(Math.abs(percents[0] - percent)).toBeLessThan(SHARE_TOLERANCE);
        if (percent === 0 || percent === 100) expect(percents[0]).toBe(percent);
      }),
    );
  });

  it.each([
    ['server 10.0.0.1:80;', 'no server of either side: server 10.0.0.1:80;'],
    ['include other.conf;', 'no server of either side: include'],
    ['server 127.0.0.1:1', 'no server of either side'],
  ])('with the line %s is refused', async (line, words) => {
    await expect(readInclude(file(`${line}\n`), sides)).rejects.toThrow(words);
  });

  it('counts servers that are down, backup or not named as nothing, and one without a weight as 1', async () => {
    const text =
      'server 127.0.0.1:1;\nserver 127.0.0.1:2 weight=9 down;\n # note\nserver unix:/run/green.sock weight=3 max_fails=2;\n';
    expect((await readInclude(file(text), sides)).percents).toEqual([25, 75]);
    expect((await readInclude(file('server 127.0.0.1:1 backup;\n'), sides)).percents).toEqual([0, 0]);
  });

  it('is replaced only while it is what was read', async () => {
    const path = file('server 127.0.0.1:1;\n');
    const read = await readInclude(path, sides);
    writeFileSync(path, 'server 127.0.0.1:2;\n');
    await expect(replaceInclude(read, 'x')).rejects.toThrow('changed by someone else meanwhile: nothing was changed');
    expect(readFileSync(path, 'utf8')).toBe('server 127.0.0.1:2;\n');
  });
});
