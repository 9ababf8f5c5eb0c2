import { stat } from 'node:fs/promises';
import {
  createListing,
  directoryFor,
  type Listing,
  type ListingLocation,
  listingUri,
  parseListingUri,
  REGISTER_NAMES,
} from '../../timeline/index.ts';
import type { ListingPlace, TraceAnswers, TraceRequest } from './messages.ts';
import { readTrace } from './read-trace.ts';

interface LoadedTrace {
  readonly records: number;
  readonly listing: Listing;
}

interface KeptTrace {
  /** Size and time of the file that was read; another file in its place is read anew. */
  readonly version: string;
  readonly loading: Promise<LoadedTrace>;
}

/** A large recording takes some 100 MB; most people look at one or compare two. */
const KEPT_TRACES = 2;

/** Answers questions about traces; loads each once, and keeps those asked about last. */
export class TraceDesk {
  /** By path, the one asked about last at the end. */
  readonly #kept = new Map<string, KeptTrace>();

  async answer(request: TraceRequest): Promise<TraceAnswers[TraceRequest['kind']]> {
    switch (request.kind) {
      case 'load':
        return (await this.#trace(request.path)).records;
      case 'text': {
        const { path, document } = locationOf(request.uri);
        return (await this.#trace(path)).listing.text(document);
      }
      case 'pages': {
        const { path, document } = locationOf(request.uri);
        const { listing } = await this.#trace(path);
        return document.kind === 'window' ? listing.windows : listing.runPages(document.first);
      }
      case 'locate':
        return place(request.path, await this.#trace(request.path), request.record);
      case 'runAt': {
        const { path, document } = locationOf(request.uri);
        const { listing } = await this.#trace(path);
        const record = listing.recordAt(document, request.line);
        const fold = record === undefined ? undefined : listing.folds.at(record);
        if (fold === undefined || document.kind === 'run') return undefined;
        return listingUri(path, { kind: 'run', first: fold.first, n: 0 });
      }
    }
  }

  async #trace(path: string): Promise<LoadedTrace> {
    const version = await versionOf(path);
    const known = this.#kept.get(path);
    this.#kept.delete(path);
    const kept = known?.version === version ? known : { version, loading: load(path) };
    this.#kept.set(path, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_TRACES) break;
      this.#kept.delete(oldest);
    }
    return kept.loading;
  }
}

async function load(path: string): Promise<LoadedTrace> {
  const trace = await readTrace(path, REGISTER_NAMES);
  const listing = createListing(trace.store, directoryFor(trace.device));
  return { records: trace.store.length, listing };
}

function place(path: string, trace: LoadedTrace, record: number): ListingPlace {
  const last = trace.records - 1;
  if (!Number.isInteger(record) || record < 0 || record > last)
    throw new Error(`There is no record ${record}; they are numbered from 0 to ${last}.`);
  const { document, line } = trace.listing.locate(record);
  return { uri: listingUri(path, document), line };
}

function locationOf(uri: string): ListingLocation {
  const location = parseListingUri(uri);
  if (location === undefined) throw new Error(`${uri} is not the address of a decoded trace.`);
  return location;
}

/** Missing files get their sentence when they are read. */
async function versionOf(path: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(path);
    return `${size} ${mtimeMs}`;
  } catch {
    return 'missing';
  }
}
