import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { GitError } from './git-error.ts';
import { gitText } from './git-process.ts';

/** Whether attributes may make git treat some text as binary or the other way round; then only git can count lines. */
export async function attributesRuleDiff(repository: string): Promise<boolean> {
  const inside = async (path: string): Promise<string> => {
    const found = (await gitText(repository, ['rev-parse', '--git-path', path])).trim();
    return isAbsolute(found) ? found : join(repository, found);
  };
  const paths = [await inside('info/attributes'), join(homedir(), '.config/git/attributes'), '/etc/gitattributes'];
  const configured = await configuredFile(repository);
  if (configured !== null) paths.push(configured);
  if (await hasWorkTree(repository)) {
    const root = (await gitText(repository, ['rev-parse', '--show-toplevel'])).trim();
    const listed = await gitText(repository, ['ls-files', '-z', '--full-name', ':(top,glob)**/.gitattributes']);
    for (const path of listed.split('\0')) if (path !== '') paths.push(join(root, path));
    paths.push(join(root, '.gitattributes'));
  }
  return paths.some((path) => existsSync(path) && /\b(diff|binary)\b/.test(readFileSync(path, 'utf8')));
}

async function hasWorkTree(repository: string): Promise<boolean> {
  return (await gitText(repository, ['rev-parse', '--is-inside-work-tree'])).trim() === 'true';
}

async function configuredFile(repository: string): Promise<string | null> {
  try {
    return (await gitText(repository, ['config', '--path', 'core.attributesFile'])).trim();
  } catch (error) {
    // git config ends with 1 when nothing is configured.
    if (error instanceof GitError) return null;
    throw error;
  }
}
