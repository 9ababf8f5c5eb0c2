import type { ListingDocument } from './document.ts';
import { decode, parseReadingQuery, type Reading, readingQuery } from './reading.ts';

/** URI scheme of the decoded view. */
export const LISTING_SCHEME = 'vgpu-trace';

/** A page of the decoded view of a trace file. */
export interface ListingLocation {
  /** Absolute path of the trace, `/` between its parts. */
  readonly path: string;
  readonly document: ListingDocument;
  /** Empty for a trace that tells all of itself. */
  readonly reading: Reading;
}

/**
 * URI of a page. The last part of its path is what an editor's tab shows:
 *
 *     vgpu-trace:/traces/boot.vgpu.gz                                     rows from the first
 *     vgpu-trace:/traces/boot.vgpu.gz/boot part 3.vgpu-listing            rows from 100,000 on
 *     vgpu-trace:/traces/boot.vgpu.gz/boot run 1340.vgpu-listing          the run that begins at record 1340
 *     vgpu-trace:/traces/boot.vgpu.gz/boot run 1340 part 2.vgpu-listing   its accesses from 50,000 on
 *
 * How it is read stands in the query, which is encoded as a whole: editors encode it anew.
 */
export function listingUri(
  path: string,
  document: ListingDocument = { kind: 'window', n: 0 },
  reading: Reading = {},
): string {
  // A Windows path (`C:\…`) becomes one that begins with a slash, as in `file:` URIs.
  const slashed = path.replaceAll('\\', '/');
  const absolute = slashed.startsWith('/') ? slashed : `/${slashed}`;
  const query = encodeURIComponent(readingQuery(reading));
  const place = `${LISTING_SCHEME}:${encodePath(absolute + pageName(absolute, document))}`;
  return query === '' ? place : `${place}?${query}`;
}

/** What a URI stands for; undefined where it is none of the decoded view's. */
export function parseListingUri(uri: string): ListingLocation | undefined {
  const match = /^vgpu-trace:(?:\/\/)?(\/[^?#]*)(?:\?([^#]*))?$/.exec(uri);
  const decoded = match && decode(match[1] ?? '');
  const reading = match && parseReadingQuery(decode(match[2] ?? '') ?? '?');
  if (!decoded || !reading) return undefined;
  const page = /^(.*)\/[^/]*? (?:run (\d{1,10}))?(?: ?part (\d{1,7}))?\.vgpu-listing$/.exec(
    decoded,
  );
  if (!page) return { path: nativePath(decoded), document: { kind: 'window', n: 0 }, reading };
  const n = page[3] === undefined ? 0 : Math.max(1, Number(page[3])) - 1;
  const document: ListingDocument =
    page[2] === undefined ? { kind: 'window', n } : { kind: 'run', first: Number(page[2]), n };
  return { path: nativePath(page[1] ?? ''), document, reading };
}

function pageName(path: string, document: ListingDocument): string {
  const part = document.n === 0 ? '' : ` part ${document.n + 1}`;
  const run = document.kind === 'run' ? ` run ${document.first}` : '';
  if (part === '' && run === '') return '';
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\..*$/, '');
  return `/${name}${run}${part}.vgpu-listing`;
}

/** `/C:/traces/x` back to `C:/traces/x`. */
function nativePath(path: string): string {
  return /^\/[a-z]:\//i.test(path) ? path.slice(1) : path;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
