import { spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleasesCall } from '../../../src/platforms/releases/call.ts';
import { releasesIn } from '../releases-world.ts';
import type { RepointedWorld } from './world.ts';

/** The host's name leads to another machine with the same folders; what ssh itself refuses is shown with a real sshd. */
export function releasesWorld(root: string): RepointedWorld {
  releasesIn(root);
  const here = spawnSync('sh', ['-c', 'cat /etc/machine-id 2>/dev/null || hostname'], { encoding: 'utf8' });
  const machine = here.stdout.trim();
  let configured = machine;
  return {
    config: { root: join(root, '{pipeline}') },
    call: (call): ReleasesCall => ({ ...(call as ReleasesCall), machineId: configured }),
    repoint: () => {
      configured = 'a-machine-far-away';
    },
    effects: () => [readlinkSync(join(root, 'checkout/current'))].filter((link) => link !== 'releases/v2'),
    says: new RegExp(`this machine is ${machine}, not a-machine-far-away as configured`),
  };
}
