const DELIMITERS = [',', ';', '\t', '|'];

/** The delimiter of a file: the one that its header has most of, outside of quotes; a comma when it has only one column. */
export function detectDelimiter(header: string): string {
  const bare = header.replace(/"(?:[^"]|"")*"/g, '');
  const countOf = (delimiter: string): number => bare.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (countOf(delimiter) > countOf(best) ? delimiter : best));
}
