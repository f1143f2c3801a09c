import type { PlatformStep } from '../step.ts';
import type { NginxCall } from './call.ts';
import { checkAlive, facts, readServing, readVersion } from './read.ts';
import { checkShare, setShare } from './traffic.ts';

/** One call of the nginx platform. */
export const nginxStep: PlatformStep = (argument) => {
  const call = argument as NginxCall;
  const { act } = call;
  switch (act.do) {
    case 'version':
      return readVersion(call);
    case 'facts':
      return facts(call);
    case 'serving':
      return readServing(call);
    case 'alive':
      return checkAlive(call);
    case 'traffic':
      return setShare(call, act.percent);
    case 'shared':
      return checkShare(call, act.percent);
  }
};
