import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { KINDS, type Kind } from './kinds.ts';

/** Any object of the API, as the fake keeps it. */
// eslint-disable-next-line typescript/no-explicit-any -- objects of fourteen kinds, written and read by tests.
export type Thing = any;

/** The objects of one cluster, with what the API server does to each write. */
export interface Objects {
  readonly events: EventEmitter;
  list(plural: string): readonly Thing[];
  get(plural: string, name: string): Thing;
  create(plural: string, thing: Thing): Thing;
  /** As by the API server: a new resourceVersion, a new generation where the spec changed. Runs the controllers. */
  write(plural: string, thing: Thing, subresource?: string): Thing;
  remove(plural: string, name: string): void;
}

/** Called after each write of a spec. */
export type Controller = (objects: Objects, plural: string, thing: Thing) => void;

export function createObjects(controllers: readonly Controller[], now: () => Date): Objects {
  const all = new Map<string, Thing>();
  const events = new EventEmitter();
  let resourceVersion = 1000;

  const objects: Objects = {
    events,
    list: (plural) =>
      [...all].filter(([key]) => key.startsWith(`${plural}/`)).map(([, thing]) => structuredClone(thing)),
    get(plural, name) {
      const thing = all.get(`${plural}/${name}`);
      return thing === undefined ? null : structuredClone(thing);
    },
    create(plural, thing) {
      const kind = kindOf(plural);
      const meta = {
        namespace: 'shop',
        uid: randomUUID(),
        generation: 1,
        creationTimestamp: stamp(),
        ...thing.metadata,
      };
      if (!kind.namespaced) delete meta.namespace;
      const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
      return keep(plural, { apiVersion, kind: kind.kind, ...structuredClone(thing), metadata: meta }, 'ADDED', true);
    },
    write(plural, thing, subresource) {
      const old = all.get(`${plural}/${thing.metadata.name}`);
      const next = structuredClone(
        subresource === 'status' ? { ...old, status: thing.status } : { ...thing, status: old.status },
      );
      const changed = JSON.stringify(next.spec) !== JSON.stringify(old.spec);
      next.metadata = { ...next.metadata, uid: old.metadata.uid, creationTimestamp: old.metadata.creationTimestamp };
      next.metadata.generation = old.metadata.generation + (changed ? 1 : 0);
      return keep(plural, next, 'MODIFIED', changed);
    },
    remove(plural, name) {
      all.delete(`${plural}/${name}`);
    },
  };

  function keep(plural: string, thing: Thing, type: string, specChanged: boolean): Thing {
    resourceVersion += 1;
    thing.metadata.resourceVersion = String(resourceVersion);
    all.set(`${plural}/${thing.metadata.name}`, thing);
    events.emit('change', { plural, type, object: structuredClone(thing) });
    if (specChanged) for (const controller of controllers) controller(objects, plural, structuredClone(thing));
    return structuredClone(all.get(`${plural}/${thing.metadata.name}`));
  }

  function stamp(): string {
    return `${now().toISOString().slice(0, 19)}Z`;
  }

  return objects;
}

export function kindOf(plural: string): Kind {
  const kind = KINDS.find((one) => one.plural === plural);
  if (kind === undefined) throw new Error(`the fake has no ${plural}`);
  return kind;
}
