import { RiskError } from '../risk-error.ts';
import type { Forest } from './forest.ts';

/**
 * A forest as a model file keeps it. `thresholds[f]` lists the cuts of feature f in ascending order; `nodes` is base64
 * of the nodes in preorder: a leaf is 255 and its value, an inner node the feature (plus 128 when missing values go
 * left), the index of the cut, and its value; index and value are 16 bits, low byte first, values in 1/65535. A cut
 * index one past the end means "all that is not missing goes left".
 */
export interface StoredForest {
  readonly trees: number;
  readonly thresholds: readonly (readonly number[])[];
  readonly nodes: string;
}

const LEAF = 255;
const MISSING_LEFT = 128;

/** The forest in its stored form. @throws RiskError `bad-setting` beyond 127 features. */
export function storeForest(forest: Forest): StoredForest {
  if (forest.featureCount >= MISSING_LEFT - 1) {
    throw new RiskError('bad-setting', `A forest takes at most 126 features; found ${forest.featureCount}.`);
  }
  const cuts = Array.from({ length: forest.featureCount }, () => new Set<number>());
  forest.feature.forEach((feature, node) => {
    if (feature >= 0 && forest.threshold[node] !== Infinity) cuts[feature]!.add(forest.threshold[node]!);
  });
  const thresholds = cuts.map((set) => [...set].sort((a, b) => a - b));
  const places = thresholds.map((list) => new Map(list.map((cut, index) => [cut, index])));
  const bytes: number[] = [];
  forest.feature.forEach((feature, node) => {
    const value = Math.round(forest.value[node]! * 65535);
    if (feature < 0) {
      bytes.push(LEAF, value & 255, value >> 8);
      return;
    }
    const cut = places[feature]!.get(forest.threshold[node]!) ?? thresholds[feature]!.length;
    bytes.push(feature + (forest.missingLeft[node] === 1 ? MISSING_LEFT : 0), cut & 255, cut >> 8);
    bytes.push(value & 255, value >> 8);
  });
  return { trees: forest.roots.length, thresholds, nodes: toBase64(bytes) };
}

/**
 * The forest a stored form describes.
 *
 * @throws RiskError `corrupted` when the nodes do not form `trees` whole trees over `featureCount` features
 */
export function restoreForest(stored: StoredForest, featureCount: number): Forest {
  const bytes = fromBase64(stored.nodes);
  const count = countNodes(bytes);
  const forest: Forest = {
    featureCount,
    roots: new Int32Array(stored.trees),
    feature: new Int16Array(count).fill(-1),
    threshold: new Float64Array(count),
    right: new Int32Array(count),
    missingLeft: new Uint8Array(count),
    value: new Float64Array(count),
  };
  let at = 0;
  let node = 0;
  for (let tree = 0; tree < stored.trees; tree++) {
    forest.roots[tree] = node;
    /** Inner nodes that still wait for their right child. */
    const waiting: number[] = [];
    let open = true;
    while (open) {
      if (node >= count) throw damaged('a tree ends too early');
      const head = bytes[at]!;
      if (head === LEAF) {
        forest.value[node] = (bytes[at + 1]! + 256 * bytes[at + 2]!) / 65535;
        at += 3;
        node++;
        const parent = waiting.pop();
        if (parent === undefined) open = false;
        else forest.right[parent] = node;
        continue;
      }
      const feature = head & (MISSING_LEFT - 1);
      const cuts = stored.thresholds[feature];
      const cut = bytes[at + 1]! + 256 * bytes[at + 2]!;
      if (feature >= featureCount || cuts === undefined || cut > cuts.length) throw damaged('a node splits on nothing');
      forest.feature[node] = feature;
      forest.threshold[node] = cuts[cut] ?? Infinity;
      forest.missingLeft[node] = head & MISSING_LEFT ? 1 : 0;
      forest.value[node] = (bytes[at + 3]! + 256 * bytes[at + 4]!) / 65535;
      at += 5;
      waiting.push(node);
      node++;
    }
  }
  if (node !== count) throw damaged('nodes are left over');
  return forest;
}

function countNodes(bytes: Uint8Array): number {
  let at = 0;
  let count = 0;
  while (at < bytes.length) {
    at += bytes[at] === LEAF ? 3 : 5;
    count++;
  }
  if (at !== bytes.length) throw damaged('the last node is cut off');
  return count;
}

function damaged(how: string): RiskError {
  return new RiskError('corrupted', `The model's forest is damaged: ${how}.`);
}

function toBase64(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.slice(i, i + 8192));
  return btoa(text);
}

function fromBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw damaged('its nodes are not base64');
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}
