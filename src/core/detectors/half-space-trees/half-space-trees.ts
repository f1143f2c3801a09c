import { BlockMaxima } from '../../stats/block-maxima.ts';
import { SeededUniform } from '../../stats/seeded-uniform.ts';
import type { Detector, DetectorKind, DetectorState, Explanation, Parameters, SeriesContext } from '../detector.ts';
import { LARGEST_LEARNED, SCORE_CAP } from '../limits.ts';
import { completeParameters } from '../parameters.ts';
import { savedState } from '../saved-state.ts';

const COLUMNS = 3;
const RECENT = 10;
const BLOCKS_KEPT = 48;
/** The rarest samples of its own past lie at this quantile of block maxima. */
const USUAL_QUANTILE = 0.9;

const PARAMETERS = {
  trees: {
    default: 25,
    minimum: 5,
    maximum: 200,
    unit: 'trees',
    text: 'Scores are means over so many trees; 25 is what the authors use.',
  },
  depth: {
    default: 8,
    minimum: 3,
    maximum: 14,
    unit: 'levels',
    text: 'Every tree has 2 to this many cells of space whose samples are counted.',
  },
  window: {
    default: 50,
    minimum: 20,
    maximum: 5000,
    unit: 'samples',
    text: 'The counts of the last full window judge the next; short windows adapt, long ones are steady.',
  },
} as const satisfies Parameters;

/** Half-space trees over value, step and mean of ten. Formula and limits: README.md beside this file. */
class HalfSpaceTreesDetector implements Detector {
  readonly #worse: SeriesContext['worse'];
  readonly #window: number;
  readonly #trees: number;
  readonly #depth: number;
  readonly #random: number;
  /** Cut column and point in 0..1 of every inner node, and the counts of the last window and of the open one. */
  readonly #column: Uint8Array;
  readonly #cut: Float64Array;
  #known: Uint16Array;
  #open: Uint16Array;
  readonly #row = new Float64Array(COLUMNS);
  /** Bounds of the cell on the way down a tree. */
  readonly #lows = new Float64Array(COLUMNS);
  readonly #highs = new Float64Array(COLUMNS);
  #low: number[];
  #high: number[];
  #first: number[];
  #recent: number[];
  #taken = 0;
  #blocks: BlockMaxima;

  constructor(series: SeriesContext, settings: Readonly<Record<string, number>>, state: DetectorState | null) {
    const saved = state === null ? null : savedState('half-space-trees', state);
    const numbers = (name: string): readonly number[] => saved?.numbers(name) ?? [];
    this.#worse = series.worse;
    this.#window = Math.round(settings['window']!);
    this.#trees = Math.round(settings['trees']!);
    this.#depth = Math.round(settings['depth']!);
    this.#random = saved?.number('seed') ?? series.seed;
    const cells = this.#trees * 2 ** this.#depth;
    this.#column = new Uint8Array(cells);
    this.#cut = new Float64Array(cells);
    this.#known = new Uint16Array(cells);
    this.#open = new Uint16Array(cells);
    [this.#low, this.#high] = [[...numbers('low')], [...numbers('high')]];
    [this.#first, this.#recent] = [[...numbers('first')], [...numbers('recent')]];
    this.#taken = saved?.number('taken') ?? 0;
    fill(this.#known, numbers('known'));
    fill(this.#open, numbers('open'));
    const [open = 0, inOpen = 0, ...maxima] = numbers('blocks');
    this.#blocks = BlockMaxima.restore(this.#window, BLOCKS_KEPT, { open, inOpen, maxima });
    if (this.#low.length > 0) this.#grow();
  }

  scoreOne(value: number): number {
    if (this.#taken < this.#window || !Number.isFinite(value)) return Number.NaN;
    const middle = (this.#low[0]! + this.#high[0]!) / 2;
    if (this.#low[0] === this.#high[0] && value === this.#low[0]) return 0;
    if (this.#worse !== 'both' && value > middle !== (this.#worse === 'up')) return 0;
    const mark = Math.max(0.5, this.#blocks.quantile(USUAL_QUANTILE, 0.5));
    return Math.min(SCORE_CAP, this.#rarity(value) / Math.min(0.98, mark + 0.02));
  }

  learnOne(value: number): void {
    if (!(Math.abs(value) <= LARGEST_LEARNED)) return;
    this.#describe(value);
    if (this.#low.length === 0) {
      this.#first.push(...this.#row);
      if (this.#first.length === this.#window * COLUMNS) this.#begin();
    } else {
      this.#blocks.push(this.#rarity(value));
      this.#count(this.#open);
      if ((this.#taken + 1) % this.#window === 0) this.#turn();
    }
    this.#taken += 1;
    this.#recent.push(value);
    if (this.#recent.length >= RECENT) this.#recent.shift();
  }

  explain(value: number): Explanation {
    const direction = this.#worse === 'down' ? 'low' : 'high';
    if (this.#taken < this.#window || !Number.isFinite(value)) {
      return { expected: null, limit: null, sigma: null, direction };
    }
    const [low, high] = [this.#low[0]!, this.#high[0]!];
    return { expected: { low, high }, limit: null, sigma: null, direction: value < (low + high) / 2 ? 'low' : 'high' };
  }

  save(): DetectorState {
    const blocks = this.#blocks.save();
    return {
      seed: this.#random,
      taken: this.#taken,
      low: [...this.#low],
      high: [...this.#high],
      first: [...this.#first],
      recent: [...this.#recent],
      known: filled(this.#known),
      open: filled(this.#open),
      blocks: [blocks.open, blocks.inOpen, ...blocks.maxima],
    };
  }

  #describe(value: number): void {
    let sum = value;
    for (const one of this.#recent) sum += one;
    this.#row[0] = value;
    this.#row[1] = this.#recent.length === 0 ? 0 : value - this.#recent.at(-1)!;
    this.#row[2] = sum / (this.#recent.length + 1);
  }

  /** The first window gives the space its bounds and its first counts. */
  #begin(): void {
    for (let column = 0; column < COLUMNS; column += 1) {
      const values = this.#first.filter((_, i) => i % COLUMNS === column);
      this.#low.push(Math.min(...values));
      this.#high.push(Math.max(...values));
    }
    this.#grow();
    for (let row = 0; row < this.#first.length; row += COLUMNS) {
      for (let column = 0; column < COLUMNS; column += 1) this.#row[column] = this.#first[row + column]!;
      this.#count(this.#known);
    }
    this.#first = [];
  }

  #grow(): void {
    const random = new SeededUniform(this.#random);
    for (let i = 0; i < this.#cut.length; i += 1) {
      this.#column[i] = Math.floor(random.next() * COLUMNS);
      this.#cut[i] = random.next();
    }
  }

  #turn(): void {
    [this.#known, this.#open] = [this.#open, this.#known];
    this.#open.fill(0);
  }

  /** The cell a tree puts the described row in. Space reaches half its width beyond the first window on either side. */
  #cellOf(tree: number): number {
    const base = tree << this.#depth;
    let node = 1;
    const [lows, highs] = [this.#lows.fill(-0.5), this.#highs.fill(1.5)];
    for (let level = 0; level < this.#depth - 1; level += 1) {
      const column = this.#column[base + node]!;
      const width = this.#high[column]! - this.#low[column]!;
      const away = this.#row[column]! - this.#low[column]!;
      const place = away === 0 ? 0 : away / width;
      const cut = lows[column]! + (highs[column]! - lows[column]!) * (0.3 + 0.4 * this.#cut[base + node]!);
      const right = place >= cut;
      if (right) lows[column] = cut;
      else highs[column] = cut;
      node = 2 * node + (right ? 1 : 0);
    }
    return base + node;
  }

  #count(counts: Uint16Array): void {
    for (let tree = 0; tree < this.#trees; tree += 1) {
      const cell = this.#cellOf(tree);
      counts[cell] = counts[cell]! + 1;
    }
  }

  /** 1 where no tree saw anything in the last window, towards 0 where all samples lie. */
  #rarity(value: number): number {
    this.#describe(value);
    let rarity = 0;
    for (let tree = 0; tree < this.#trees; tree += 1) rarity += 1 / (1 + this.#known[this.#cellOf(tree)]!);
    return rarity / this.#trees;
  }
}

function filled(counts: Uint16Array): readonly number[] {
  const found: number[] = [];
  for (const [cell, count] of counts.entries()) if (count > 0) found.push(cell, count);
  return found;
}

function fill(counts: Uint16Array, found: readonly number[]): void {
  for (let i = 0; i + 1 < found.length; i += 2) counts[found[i]!] = found[i + 1]!;
}

/** Registry entry of the half-space trees. */
export const halfSpaceTrees: DetectorKind = {
  name: 'half-space-trees',
  text: 'How few samples of the last window lie where this one does, counted in randomly cut space.',
  needsBaseline: true,
  parameters: PARAMETERS,
  create(series, parameters) {
    return new HalfSpaceTreesDetector(series, completeParameters('half-space-trees', PARAMETERS, parameters), null);
  },
  restore(series, parameters, state) {
    return new HalfSpaceTreesDetector(series, completeParameters('half-space-trees', PARAMETERS, parameters), state);
  },
};
