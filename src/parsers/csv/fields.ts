/**
 * The fields of one line by RFC 4180: a field may stand in double quotes, a quote inside is doubled. Null when a quoted field
 * does not end in the line or is followed by anything but a delimiter. Blanks around fields are kept.
 */
export function splitFields(line: string, delimiter: string): string[] | null {
  if (!line.includes('"')) return line.split(delimiter);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = /\s*"/y;
    quoted.lastIndex = at;
    const opening = quoted.exec(line);
    if (opening === null || opening[0].includes(delimiter)) {
      const end = line.indexOf(delimiter, at);
      fields.push(end < 0 ? line.slice(at) : line.slice(at, end));
      if (end < 0) return fields;
      at = end + 1;
      continue;
    }
    const closing = closingQuote(line, at + opening[0].length);
    if (closing < 0) return null;
    fields.push(line.slice(at + opening[0].length, closing).replaceAll('""', '"'));
    const rest = line.slice(closing + 1);
    const blanks = rest.length - rest.trimStart().length;
    const next = rest.indexOf(delimiter);
    if (next < 0 && rest.trim() === '') return fields;
    if (next < 0 || next > blanks) return null;
    at = closing + 1 + next + 1;
  }
}

/** Index of the quote that ends the field whose text begins at `from`, -1 when it does not end. */
function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at;
}
