/**
 * The service a pipeline deploys, without its environment: `checkout-staging` in `staging` and `prod.checkout` in
 * `production` are both `checkout`. An environment counts by its name and by the usual short form of it.
 */
export function serviceOf(pipeline: string, environment: string | null): string {
  if (environment === null) return pipeline;
  for (const name of new Set([environment, ...(SHORT[environment.toLowerCase()] ?? [])])) {
    for (const mark of ['-', '_', '.']) {
      if (pipeline.endsWith(`${mark}${name}`)) return pipeline.slice(0, -name.length - 1);
      if (pipeline.startsWith(`${name}${mark}`)) return pipeline.slice(name.length + 1);
    }
  }
  return pipeline;
}

const SHORT: Readonly<Record<string, readonly string[]>> = {
  production: ['prod', 'live'],
  prod: ['production'],
  live: ['production', 'prod'],
  staging: ['stage', 'stg'],
  stage: ['staging'],
  development: ['dev'],
  dev: ['development'],
};
