/** Label names and values as the source gave them; data, never trusted as text to print. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Rows of one pipeline in columns: what a parser gives and the engine takes.
 *
 * `values` is row-major, `rowCount × columns.length`, NaN where a row has no value for a column.
 * `atMs` has `rowCount` entries, in the order of the file, which need not be the order of time.
 */
export interface RowBatch {
  /** Labels that all rows share; `pipeline` overrides the identity taken from the file's name. */
  readonly labels: Labels;
  readonly columns: readonly string[];
  readonly rowCount: number;
  readonly atMs: Float64Array;
  readonly values: Float64Array;
}

/** A run of complete lines read from one file, ending with a newline unless the file ended for good. */
export interface RawBlock {
  readonly path: string;
  /** Byte offset of `bytes[0]` in the file. */
  readonly offsetBytes: number;
  readonly bytes: Uint8Array;
}

/** A line that could not be read as samples: counted and shown, never silently dropped. */
export interface ParseIssue {
  readonly path: string;
  readonly offsetBytes: number;
  readonly code: ParseIssueCode;
  /** One sentence that names what was expected and what was found. */
  readonly message: string;
  /** The beginning of the line, at most 120 characters, control characters made visible. */
  readonly excerpt: string;
}

export type ParseIssueCode =
  | 'no-header'
  | 'no-timestamp'
  | 'bad-timestamp'
  | 'bad-number'
  | 'field-count'
  | 'bad-quote'
  | 'bad-syntax'
  | 'bad-encoding'
  | 'line-too-long';
