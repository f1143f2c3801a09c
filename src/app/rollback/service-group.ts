import { DEFAULT_TOGETHER_MS } from '../../config/groups.ts';
import type { ServiceGroup } from '../../core/model/group.ts';
import { visibleText } from '../../core/model/visible.ts';
import { DEFAULT_JUDGE } from '../../core/plan/with-judging.ts';
import { HandError } from './hand-options.ts';

/**
 * The group a person means: a configured one by its name, or whatever was deployed together with a pipeline, with what
 * the configured groups say of needs.
 *
 * @throws HandError for a name that no group has
 */
export function serviceGroup(
  which: { readonly group: string } | { readonly deployedWith: string },
  groups: readonly ServiceGroup[],
): ServiceGroup {
  if ('group' in which) {
    const found = groups.find(({ name }) => name === which.group);
    if (found !== undefined) return found;
    const known = groups.length === 0 ? 'none is configured' : `known are ${groups.map(({ name }) => name).join(', ')}`;
    throw new HandError(`no group is called ${visibleText(which.group, 60)}; ${known}`);
  }
  const own = groups.find(({ has }) => has(which.deployedWith));
  return {
    name: `deployed with ${which.deployedWith}`,
    has: () => true,
    needs: Object.assign({}, ...groups.map(({ needs }) => needs)) as ServiceGroup['needs'],
    togetherMs: own?.togetherMs ?? DEFAULT_TOGETHER_MS,
    judge: own?.judge ?? DEFAULT_JUDGE,
  };
}
