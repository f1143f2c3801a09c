import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { modelCard } from '../../core/risk/card.ts';
import type { RiskModelFile } from '../../core/risk/model-file.ts';
import { MODEL_FORMAT } from '../../core/risk/model-file.ts';
import type { RiskModel } from '../../core/risk/model.ts';
import { loadModel } from '../../core/risk/model.ts';
import { RiskError } from '../../core/risk/risk-error.ts';

/** Reads a model. @throws RiskError naming the file and what is wrong with it */
export function readModel(path: string): RiskModel {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new RiskError('not-a-model', `Cannot read the model ${path}: ${(error as Error).message}.`);
  }
  try {
    return loadModel(JSON.parse(text));
  } catch (error) {
    if (error instanceof RiskError) throw new RiskError(error.code, `${path}: ${error.message}`);
    throw new RiskError('corrupted', `${path} is not JSON: ${(error as Error).message}.`);
  }
}

/** Where the card of a model stands: beside it, with the ending `.md`. */
export function cardPath(modelPath: string): string {
  return `${modelPath.replace(/\.json$/, '')}.md`;
}

/**
 * Refuses to write a model over a file that is none.
 *
 * @throws RiskError `bad-setting`
 */
export function checkWritable(path: string): void {
  if (!existsSync(path)) return;
  if (readFileSync(path, 'utf8').slice(0, 200).includes(`"${MODEL_FORMAT}"`)) return;
  throw new RiskError(
    'bad-setting',
    `${path} exists and is not a risk model; nothing was written. Choose another --out.`,
  );
}

/** Writes model and card, whole or not at all. */
export function writeModel(path: string, file: RiskModelFile): void {
  const parts = [
    [path, `${JSON.stringify(file)}\n`],
    [cardPath(path), modelCard(file)],
  ] as const;
  for (const [target, text] of parts) {
    const fresh = `${target}.${process.pid}.new`;
    try {
      writeFileSync(fresh, text);
      renameSync(fresh, target);
    } catch (error) {
      rmSync(fresh, { force: true });
      throw new RiskError('bad-setting', `Cannot write ${target}: ${(error as Error).message}.`);
    }
  }
}
