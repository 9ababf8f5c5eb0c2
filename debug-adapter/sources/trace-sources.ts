import { basename, resolve } from 'node:path';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import {
  isSameReading,
  type Listing,
  type ListingDocument,
  type ListingLocation,
  type ListingPlace,
  listingUri,
  parseListingUri,
  type Reading,
  stopsIn,
} from '../../timeline/index.ts';
import type { TraceStore } from '../../trace/index.ts';
import type { Client } from '../client.ts';
import type { Place, SourceDocument, SourceMap, StopPlace } from './source-map.ts';

/** VS Code stops colouring files that are longer than this. */
export const MAX_PLAIN_LINES = 300_000;

export interface TraceSourcesOptions {
  /** Absolute path of the trace file. */
  readonly path: string;
  /** How it is read, where somebody said so: part of its pages' URIs. */
  readonly reading: Reading;
  readonly store: TraceStore;
  readonly listing: Listing;
  /** The file itself is what the user reads: unpacked text, of a length that an editor bears. */
  readonly plain: boolean;
  /** The text of the file itself. */
  readonly readText: () => Promise<string>;
}

/** The trace file where it is small plain text, and the decoded view of it in any case. */
export class TraceSources implements SourceMap {
  readonly #options: TraceSourcesOptions;
  readonly #file: SourceDocument;
  readonly #isStop: (record: number) => boolean;
  /** Documents by the number that clients which cannot open our URIs ask for them with. */
  readonly #references: SourceDocument[] = [];

  constructor(options: TraceSourcesOptions) {
    this.#options = options;
    this.#isStop = stopsIn(options.store);
    this.#file = { key: options.path, name: basename(options.path) };
  }

  locate(record: number): Place {
    const { store, listing, plain } = this.#options;
    const shown = Math.max(0, Math.min(record, store.length - 1));
    if (store.length === 0) return this.#place({ document: { kind: 'window', n: 0 }, line: 0 });
    if (!plain) return this.#place(listing.locate(shown));
    return { document: this.#file, line: store.length === 0 ? 1 : store.line(shown) };
  }

  locateInRun(record: number): Place | undefined {
    if (this.#options.plain) return undefined;
    const place = this.#options.listing.locateInRun(record);
    return place && this.#place(place);
  }

  stopAt(document: SourceDocument, line: number): StopPlace | undefined {
    const { store, listing } = this.#options;
    if (document.page === undefined) return this.#stopInFile(line);
    const record = listing.stopAt(document.page, line - 1);
    if (record === undefined) return undefined;
    const place = document.page.kind === 'run' ? listing.locateInRun(record) : undefined;
    return record < store.length
      ? { record, line: (place ?? listing.locate(record)).line + 1 }
      : undefined;
  }

  firstStop(): number | undefined {
    return this.stopAt(this.locate(0).document, 1)?.record;
  }

  owns({ key, page }: SourceDocument): boolean {
    const path = page === undefined ? key : parseListingUri(key)?.path;
    return path !== undefined && samePath(path, this.#options.path);
  }

  find(source: Dap.Source, client: Client): SourceDocument | undefined {
    const reference = source.sourceReference ?? 0;
    if (reference > 0) return this.#references[reference - 1];
    if (source.path === undefined) return undefined;
    const location = parseListingUri(source.path);
    if (location !== undefined) {
      return this.#isRead(location) ? this.#page(location.document) : undefined;
    }
    return samePath(client.pathIn(source.path), this.#options.path) ? this.#file : undefined;
  }

  toSource(document: SourceDocument, client: Client): Dap.Source {
    if (document.page === undefined) {
      return { name: document.name, path: client.pathOut(document.key) };
    }
    const source: Dap.Source = { name: document.name, path: document.key };
    // Only our own extension knows how to open the decoded view by its URI; others ask us for the text.
    if (!client.isVsCode) source.sourceReference = this.#referenceOf(document);
    return source;
  }

  documents(): readonly SourceDocument[] {
    const { plain, listing } = this.#options;
    const pages = Array.from({ length: listing.windows }, (_, n) =>
      this.#page({ kind: 'window', n }),
    );
    return plain ? [this.#file, ...pages] : pages;
  }

  async text(document: SourceDocument): Promise<string> {
    if (document.page === undefined) return await this.#options.readText();
    return this.#options.listing.text(document.page);
  }

  #stopInFile(line: number): StopPlace | undefined {
    const { store } = this.#options;
    for (let record = store.recordAtLine(line); record < store.length; record++) {
      if (this.#isStop(record)) return { record, line: store.line(record) };
    }
    return undefined;
  }

  #place(place: ListingPlace): Place {
    return { document: this.#page(place.document), line: place.line + 1 };
  }

  #page(page: ListingDocument): SourceDocument {
    const key = listingUri(this.#options.path, page, this.#options.reading);
    const [place = key] = key.split('?');
    return { key, name: decodeURIComponent(place.slice(place.lastIndexOf('/') + 1)), page };
  }

  #isRead({ path, reading }: ListingLocation): boolean {
    return samePath(path, this.#options.path) && isSameReading(reading, this.#options.reading);
  }

  #referenceOf(document: SourceDocument): number {
    const known = this.#references.findIndex(({ key }) => key === document.key);
    return known >= 0 ? known + 1 : this.#references.push(document);
  }
}

/** Paths that lead to the same file, as far as their letters tell. */
function samePath(one: string, other: string): boolean {
  const [left, right] = [resolve(one), resolve(other)];
  return process.platform === 'win32' ? left.toLowerCase() === right.toLowerCase() : left === right;
}
