/** A commit in the graph. */
export interface GraphCommit {
  readonly hash: string;
  /** Committer time, Unix seconds. */
  readonly committedAtS: number;
  readonly parents: readonly string[];
}

/** A commit that is not a merge, with the time at which the branch received it. */
export interface Landing {
  readonly hash: string;
  readonly landedAtS: number;
}

const DAY_S = 86_400;

/**
 * When and in which order the changes reached the branch that ends in `head`: along the first-parent chain, oldest
 * first; what a merge brings lands with the merge, in order of its own commit times.
 *
 * Times along the chain never go back, except where a clock is off by more than 30 days. O(commits).
 */
export function landingOrder(commits: readonly GraphCommit[], head: string): readonly Landing[] {
  const byHash = new Map(commits.map((commit) => [commit.hash, commit]));
  const chain: GraphCommit[] = [];
  for (let at = byHash.get(head); at !== undefined; at = byHash.get(at.parents[0] ?? '')) chain.push(at);
  chain.reverse();
  const landed = new Set(chain.map((commit) => commit.hash));
  const order: Landing[] = [];
  let last = 0;
  for (const commit of chain) {
    const plausible = commit.committedAtS > last - 30 * DAY_S;
    const landedAtS = plausible ? Math.max(commit.committedAtS, last) : commit.committedAtS;
    last = Math.max(last, landedAtS);
    for (const side of broughtBy(commit, byHash, landed)) {
      if (side.parents.length < 2) order.push({ hash: side.hash, landedAtS });
    }
    if (commit.parents.length < 2) order.push({ hash: commit.hash, landedAtS });
  }
  return order;
}

/** Commits reachable from a merge's other parents that had not landed; marks them as landed. */
function broughtBy(
  merge: GraphCommit,
  byHash: ReadonlyMap<string, GraphCommit>,
  landed: Set<string>,
): readonly GraphCommit[] {
  const open = merge.parents.slice(1);
  const found: GraphCommit[] = [];
  while (open.length > 0) {
    const commit = byHash.get(open.pop()!);
    if (commit === undefined || landed.has(commit.hash)) continue;
    landed.add(commit.hash);
    found.push(commit);
    open.push(...commit.parents);
  }
  return found.sort((a, b) => a.committedAtS - b.committedAtS);
}
