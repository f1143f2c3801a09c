import type { DemoFolder } from './folder.ts';
export function configText(folder: DemoFolder): string {
  return `sources:\n  - paths: [${JSON.stringify(folder.logs)}]\n`;
}
