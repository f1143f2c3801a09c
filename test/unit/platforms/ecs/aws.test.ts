import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createEcs } from '../../../../src/platforms/ecs/aws.ts';
import { StepRefused, StepUnknown } from '../../../../src/platforms/step.ts';
import { script } from '../../../fakes/act-bench.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

const folder = temporaryFolder();

function ecsThat(text: string) {
  const aws = script(join(folder.path, 'aws'), text);
  const at = {
    aws,
    region: 'eu-central-1',
    profile: 'deploy',
    endpoint: 'https://vpce.example',
    cluster: 'c',
    service: 's',
  };
  return createEcs(at, { PATH: '/usr/bin:/bin', AWS_SESSION_TOKEN: 'kept' });
}

it('says region, profile and endpoint, hands the environment on, and sends a change once', async () => {
  const ecs = ecsThat(
    `echo "$* [$AWS_SESSION_TOKEN] [$AWS_MAX_ATTEMPTS] [$AWS_PAGER]" >> ${folder.path}/said; echo '{"a":1}'`,
  );
  expect(await ecs.read('describe-services', ['--services', 's'])).toEqual({ a: 1 });
  await ecs.write('update-service', ['--service', 's']);
  const where = '--region eu-central-1 --output json --profile deploy --endpoint-url https://vpce.example';
  expect(readFileSync(join(folder.path, 'said'), 'utf8').trim().split('\n')).toEqual([
    `ecs describe-services ${where} --services s [kept] [] []`,
    `ecs update-service ${where} --service s [kept] [1] []`,
  ]);
});

it.each([
  ['An error occurred (AccessDeniedException) when calling the UpdateService operation: no', StepRefused],
  ['An error occurred (ThrottlingException) when calling the UpdateService operation: slow down', StepRefused],
  ['Could not connect to the endpoint URL: "https://vpce.example/"', StepRefused],
  ['Unable to locate credentials. You can configure credentials by running "aws configure".', StepRefused],
  ['An error occurred (ServerException) when calling the UpdateService operation: oops', StepUnknown],
  ['Connection was closed before we received a valid response from endpoint URL', StepUnknown],
  ['Read timeout on endpoint URL', StepUnknown],
])('a change that ends with %j is told apart', async (said, kind) => {
  const ecs = ecsThat(`echo '${said}' >&2; exit 254`);
  await expect(ecs.write('update-service', [])).rejects.toBeInstanceOf(kind);
  await expect(ecs.read('describe-services', [])).rejects.toBeInstanceOf(StepRefused);
});

it('an answer that is no JSON proves nothing', async () => {
  await expect(ecsThat('echo hello').write('update-service', [])).rejects.toBeInstanceOf(StepUnknown);
});
