/**
 * A page of the decoded view. `window` n holds rows n × WINDOW_ROWS and on; `run` the accesses of the fold that
 * begins at record `first`, one line each, in pages of as many.
 */
export type ListingDocument =
  | { readonly kind: 'window'; readonly n: number }
  | { readonly kind: 'run'; readonly first: number; readonly n: number };

/** Editors lose colours and speed with larger files: 50,000 lines are some 6 MB. */
export const WINDOW_ROWS = 50_000;

/** Lines above the first row: what this page is, and the columns' headings. */
export const HEADER_LINES = 2;

/** A line of a page; 0-based. */
export interface ListingPlace {
  readonly document: ListingDocument;
  readonly line: number;
}

/** How many pages `rows` rows take; an empty listing has one page too. */
export function pagesFor(rows: number): number {
  return Math.max(1, Math.ceil(rows / WINDOW_ROWS));
}

/** Line of the row (or of the record in a run) on its page. */
export function lineOf(row: number): number {
  return HEADER_LINES + (row % WINDOW_ROWS);
}

/** Row that stands on a line of page n, if one does; `rows` is the number of rows in all pages. */
export function rowOnLine(n: number, line: number, rows: number): number | undefined {
  const within = line - HEADER_LINES;
  if (within < 0 || within >= WINDOW_ROWS) return undefined;
  const row = n * WINDOW_ROWS + within;
  return row < rows ? row : undefined;
}
