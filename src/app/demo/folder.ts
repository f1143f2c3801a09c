import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DemoPipeline } from './fleet.ts';
import { ROLLBACK_SCRIPT, VERSION_SCRIPT } from './scripts.ts';

/** Where everything of a demo lies; all in one temporary folder that only its user may read. */
export interface DemoFolder {
  readonly root: string;
  readonly logs: string;
  readonly versions: string;
  readonly stateDir: string;
  readonly configPath: string;
  readonly rollbackScript: string;
  readonly versionScript: string;
}

/** Makes the folder with its scripts, in `parent`. Other users have no access (0700). */
export function makeFolder(parent: string): DemoFolder {
  const root = mkdtempSync(path.join(realpathSync(parent), 'rollwatch-demo-'));
  const folder: DemoFolder = {
    root,
    logs: path.join(root, 'monitor_logs'),
    versions: path.join(root, 'versions'),
    stateDir: path.join(root, 'state'),
    configPath: path.join(root, 'rollwatch.yaml'),
    rollbackScript: path.join(root, 'rollback.sh'),
    versionScript: path.join(root, 'version.sh'),
  };
  for (const directory of [folder.logs, folder.versions]) mkdirSync(directory, { mode: 0o700 });
  writeFileSync(folder.rollbackScript, ROLLBACK_SCRIPT, { mode: 0o700 });
  writeFileSync(folder.versionScript, VERSION_SCRIPT, { mode: 0o700 });
  return folder;
}

/** Path of a pipeline's metric log. */
export function logPath(folder: DemoFolder, pipeline: DemoPipeline): string {
  return path.join(folder.logs, `metrics_${pipeline.name}.${pipeline.format.extension}`);
}

/** Appends to the deployment markers beside the logs. */
export function appendMarkers(folder: DemoFolder, lines: string): void {
  appendFileSync(path.join(folder.logs, 'deployments.jsonl'), lines, { mode: 0o600 });
}

/** Puts a version in place: whole or not at all, as the rollback script does it. */
export function writeVersion(folder: DemoFolder, pipeline: string, version: string): void {
  const file = path.join(folder.versions, pipeline);
  writeFileSync(`${file}.deploying`, `${version}\n`, { mode: 0o600 });
  renameSync(`${file}.deploying`, file);
}

/** The versions that serve now, by pipeline. */
export function readVersions(folder: DemoFolder, fleet: readonly DemoPipeline[]): ReadonlyMap<string, string> {
  return new Map(fleet.map((one) => [one.name, readFileSync(path.join(folder.versions, one.name), 'utf8').trim()]));
}
