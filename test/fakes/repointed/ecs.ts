import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { script } from '../act-bench.ts';
import type { RepointedWorld } from './world.ts';

const arnOf = (account: string): string => `arn:aws:ecs:eu-central-1:${account}:cluster/shop`;
const [OURS, OTHERS] = [arnOf('123456789012'), arnOf('999999999999')];
const definition = (revision: number): string =>
  JSON.stringify({
    taskDefinition: {
      taskDefinitionArn: `task-definition/checkout:${revision}`,
      family: 'checkout',
      containerDefinitions: [{ name: 'checkout', image: `app:v${revision}` }],
    },
  });

/** An `aws` whose credentials decide the account that answers, whatever cluster it was asked for. */
export function ecsWorld(root: string): RepointedWorld {
  const at = (name: string): string => join(root, name);
  writeFileSync(at('account'), OURS);
  writeFileSync(at('revision'), '2');
  writeFileSync(at('effects'), '');
  for (const revision of [1, 2]) writeFileSync(at(`definition-${revision}`), definition(revision));
  const aws = script(
    at('aws'),
    `shift; operation=$1; now=$(cat ${at('revision')})
case $operation in
  describe-services) printf '{"services":[{"clusterArn":"%s","status":"ACTIVE","desiredCount":1,"runningCount":1,"taskDefinition":"task-definition/checkout:%s","deployments":[{"id":"%s","status":"PRIMARY","taskDefinition":"task-definition/checkout:%s","desiredCount":1,"runningCount":1}]}]}' "$(cat ${at('account')})" $now $now $now ;;
  describe-task-definition) case "$*" in *checkout:1*) cat ${at('definition-1')} ;; *) cat ${at('definition-2')} ;; esac ;;
  list-task-definitions) echo '{"taskDefinitionArns":["task-definition/checkout:2","task-definition/checkout:1"]}' ;;
  list-service-deployments) echo '{"serviceDeployments":[]}' ;;
  update-service) echo $operation >>${at('effects')}; echo 1 >${at('revision')}; echo '{}' ;;
  *) echo "unexpected: $operation" >&2; exit 9 ;;
esac`,
  );
  return {
    config: { cluster: OURS, aws },
    repoint: () => writeFileSync(at('account'), OTHERS),
    effects: () => readFileSync(at('effects'), 'utf8').split('\n').filter(Boolean),
    says: new RegExp(`credentials lead to ${OTHERS}, not to ${OURS}`),
  };
}
