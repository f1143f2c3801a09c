/** What git says, in English, when it needs an object that the repository does not hold. */
const MISSING = /(?:unable to read|could not fetch) ([0-9a-f]{40,64})/;

/** Which object a repository lacks and how to get it, from what git said; null when git failed for another reason. */
export function missingObject(said: string, repository: string): string | null {
  const id = MISSING.exec(said)?.[1];
  if (id === undefined) return null;
  return (
    `Object ${id} is missing in ${repository}, and without it its changes cannot be counted. ` +
    `A partial clone gets all it lacks with "git -C ${repository} fetch --refetch --no-filter"; ` +
    'one that borrows from another needs the folder in its objects/info/alternates; else see "git fsck".'
  );
}
