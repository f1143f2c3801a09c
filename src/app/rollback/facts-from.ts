import type { PlatformFacts } from '../../ports/platform.ts';

/** Facts from what a platform printed; parts it left out are not known. Null for anything that is not such an object. */
export async function factsFrom(printed: string): Promise<PlatformFacts | null> {
  let json: unknown;
  try {
    json = JSON.parse(printed);
  } catch {
    // Not JSON: the caller says that it is not understood.
    return null;
  }
  // Loaded when a platform has printed something: a watch begins without it.
  const { facts } = await import('./facts-schema.ts');
  const read = facts.safeParse(json);
  return read.success ? read.data : null;
}
