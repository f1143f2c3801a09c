/** How many pipelines both programs show. */
export const PIPELINES = 20;

/** Name of a pipeline of the benchmark. */
export function pipelineName(index: number): string {
  return `service-${String(index).padStart(2, '0')}`;
}

/** The rows of the table as plain text, cell by cell; ink-table puts a blank on both sides of each. */
export const ROWS = Array.from({ length: PIPELINES }, (_, index) => ({
  ' ': '●',
  pipeline: pipelineName(index),
  env: '–',
  version: 'unknown',
  age: '9m',
  health: '100',
  risk: '–',
  'cpu %': '▃▃▃▃▃ 30',
  'mem %': '▄▄▄▄▄ 45',
  'rt ms': '▂▂▂▂▂ 120',
  'err %': '▁▁▁▁▁ 0.1',
  verdict: 'within its limits',
}));
