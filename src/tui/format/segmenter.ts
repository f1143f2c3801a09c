// Characters that are one cell wide and stand alone whatever is beside them: ASCII, Latin, Greek, Cyrillic,
// punctuation, arrows, mathematics, boxes, blocks, shapes, braille. Nearly all of a screen is made of them.
const CELLS =
  '\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482' +
  '\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2319\u2500-\u25fc\u2713-\u2716\u27f0-\u27ff\u2800-\u28ff';
const ONE_CELL_EACH = new RegExp(`^[${CELLS}]*$`);
// Nothing is ever joined to a line feed or to the ESC that begins a colour.
const ALONE_EACH = new RegExp(`^[\\n\\x1b${CELLS}]*$`);

/** Whether each UTF-16 unit of a text is a character of its own that takes one column. */
export function isPlain(text: string): boolean {
  return ONE_CELL_EACH.test(text);
}

type Segments = Pick<Intl.Segments, typeof Symbol.iterator>;

/**
 * Intl.Segmenter for graphemes, without its price where there is nothing to find out: making the first one takes as
 * long as drawing the first screen. The bundle gives it to Ink and what Ink is made of.
 */
export class Segmenter {
  readonly #locales: Intl.LocalesArgument;
  readonly #options: Intl.SegmenterOptions | undefined;
  #real: Intl.Segmenter | undefined;

  constructor(locales?: Intl.LocalesArgument, options?: Intl.SegmenterOptions) {
    this.#locales = locales;
    this.#options = options;
  }

  /** The graphemes of a text, in order. Words and sentences, if asked for, are Intl's. */
  segment(text: string): Segments {
    const isGrapheme = (this.#options?.granularity ?? 'grapheme') === 'grapheme';
    if (isGrapheme && ALONE_EACH.test(text)) return new PlainSegments(text);
    const { Segmenter: Real } = Intl;
    this.#real ??= new Real(this.#locales, this.#options);
    return this.#real.segment(text);
  }
}

class PlainSegments implements Segments {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  *[Symbol.iterator](): Intl.SegmentIterator<Intl.SegmentData> {
    const input = this.#text;
    for (let index = 0; index < input.length; index += 1) yield { segment: input[index] ?? '', index, input };
  }
}
