import type { Actor } from '../model/rollback.ts';

const UID = /^uid (\d+) on (.*?)(?:, by sudo.*)?$/;

/** True for two windows of one person: the same uid on the same box, or, where a uid is not known, the same name. */
export function samePerson(a: Actor, b: Actor): boolean {
  const [one, other] = [UID.exec(a.via), UID.exec(b.via)];
  if (one === null || other === null) return a.name === b.name;
  return one[1] === other[1] && one[2] === other[2];
}
