import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type Listing,
  type ListingLocation,
  listingFor,
  listingUri,
  parseListingUri,
  parseRegisterDescription,
  type Reading,
  type RegisterDescription,
  readingNames,
  registersFor,
} from '../../timeline/index.ts';
import { isAccess } from '../../trace/index.ts';
import type { ListingPlace, LoadedCounts, TraceAnswers, TraceRequest } from './messages.ts';
import { readTrace } from './read-trace.ts';

interface LoadedTrace {
  readonly counts: LoadedCounts;
  readonly listing: Listing;
}

interface KeptTrace {
  /** Sizes and times of the files that were read; others in their places are read anew. */
  readonly version: string;
  readonly loading: Promise<LoadedTrace>;
}

type TracePlace = Pick<ListingLocation, 'path' | 'reading'>;

/** A large recording takes some 100 MB; most people look at one or compare two. */
const KEPT_TRACES = 2;

/** Answers questions about traces; loads each once, and keeps those asked about last. */
export class TraceDesk {
  /** By path and reading, the one asked about last at the end. */
  readonly #kept = new Map<string, KeptTrace>();

  async answer(request: TraceRequest): Promise<TraceAnswers[TraceRequest['kind']]> {
    switch (request.kind) {
      case 'load':
        return (await this.#trace(request)).counts;
      case 'text': {
        const location = locationOf(request.uri);
        return (await this.#trace(location)).listing.text(location.document);
      }
      case 'pages': {
        const location = locationOf(request.uri);
        const { listing } = await this.#trace(location);
        const { document } = location;
        return document.kind === 'window' ? listing.windows : listing.runPages(document.first);
      }
      case 'locate':
        return place(request, await this.#trace(request), request.record);
      case 'runAt': {
        const location = locationOf(request.uri);
        const { path, document, reading } = location;
        const { listing } = await this.#trace(location);
        const record = listing.recordAt(document, request.line);
        const fold = record === undefined ? undefined : listing.folds.at(record);
        if (fold === undefined || document.kind === 'run') return undefined;
        return listingUri(path, { kind: 'run', first: fold.first, n: 0 }, reading);
      }
    }
  }

  async #trace({ path, reading }: TracePlace): Promise<LoadedTrace> {
    const version = await versionOf(path, reading.registers);
    const key = listingUri(path, undefined, reading);
    const known = this.#kept.get(key);
    this.#kept.delete(key);
    const kept = known?.version === version ? known : { version, loading: load(path, reading) };
    this.#kept.set(key, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_TRACES) break;
      this.#kept.delete(oldest);
    }
    return kept.loading;
  }
}

async function load(path: string, reading: Reading): Promise<LoadedTrace> {
  const registers = await registersOf(reading);
  const trace = await readTrace(path, readingNames(registers), reading);
  const { model } = reading;
  const directory = registersFor(trace, { registers, ...(model === undefined ? {} : { model }) });
  const { store } = trace;
  let accesses = 0;
  for (let record = 0; record < store.length; record++)
    if (isAccess(store.kind(record))) accesses++;
  return {
    counts: { records: store.length, accesses },
    listing: listingFor(trace, directory),
  };
}

async function registersOf({ registers }: Reading): Promise<RegisterDescription['registers']> {
  if (registers === undefined) return [];
  return parseRegisterDescription(await readFile(registers, 'utf8'), basename(registers)).registers;
}

function place({ path, reading }: TracePlace, trace: LoadedTrace, record: number): ListingPlace {
  const last = trace.counts.records - 1;
  if (!Number.isInteger(record) || record < 0 || record > last)
    throw new Error(`There is no record ${record}; they are numbered from 0 to ${last}.`);
  const { document, line } = trace.listing.locate(record);
  return { uri: listingUri(path, document, reading), line };
}

function locationOf(uri: string): ListingLocation {
  const location = parseListingUri(uri);
  if (location === undefined) throw new Error(`${uri} is not the address of a decoded trace.`);
  return location;
}

/** Missing files get their sentence when they are read. */
async function versionOf(...paths: readonly (string | undefined)[]): Promise<string> {
  const versions = paths.map(async (path) => {
    if (path === undefined) return '';
    try {
      const { size, mtimeMs } = await stat(path);
      return `${size} ${mtimeMs}`;
    } catch {
      return 'missing';
    }
  });
  return (await Promise.all(versions)).join(', ');
}
