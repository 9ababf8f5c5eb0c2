import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { GuestRecords } from '../../timeline/index.ts';
import type { Client } from '../client.ts';
import type { Place, SourceDocument, SourceMap, StopPlace } from './source-map.ts';

/** The documents of one of several recordings. */
export interface GuestSources {
  readonly records: GuestRecords;
  readonly sources: SourceMap;
}

/** Several recordings that are debugged together: each is read in documents of its own. */
export class MergedSources implements SourceMap {
  readonly #guests: readonly GuestSources[];
  /** Which recording a record is of, by its number among all. */
  readonly #guestOf: (record: number) => number;

  constructor(guests: readonly GuestSources[], guestOf: (record: number) => number) {
    this.#guests = guests;
    this.#guestOf = guestOf;
  }

  locate(record: number): Place {
    const { sources, records } = this.#at(record);
    return sources.locate(records.ownFrom(record));
  }

  locateInRun(record: number): Place | undefined {
    const { sources, records } = this.#at(record);
    return sources.locateInRun(records.ownFrom(record));
  }

  stopAt(document: SourceDocument, line: number): StopPlace | undefined {
    for (const { sources, records } of this.#guests) {
      if (!sources.owns(document)) continue;
      const place = sources.stopAt(document, line);
      return place && { ...place, record: records.placeOf(place.record) };
    }
    return undefined;
  }

  firstStop(): number | undefined {
    const stops = this.#guests.flatMap(({ sources, records }) => {
      const own = sources.firstStop();
      return own === undefined ? [] : [records.placeOf(own)];
    });
    return stops.length === 0 ? undefined : Math.min(...stops);
  }

  owns(document: SourceDocument): boolean {
    return this.#guests.some(({ sources }) => sources.owns(document));
  }

  find(source: Dap.Source, client: Client): SourceDocument | undefined {
    const reference = source.sourceReference ?? 0;
    if (reference > 0) return this.#byReference(reference, client);
    for (const { sources } of this.#guests) {
      const found = sources.find(source, client);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Numbers for clients that cannot open our URIs are shared out among the recordings. */
  toSource(document: SourceDocument, client: Client): Dap.Source {
    const index = Math.max(
      0,
      this.#guests.findIndex(({ sources }) => sources.owns(document)),
    );
    const source = this.#guest(index).sources.toSource(document, client);
    const { sourceReference } = source;
    if (sourceReference === undefined || sourceReference === 0) return source;
    return { ...source, sourceReference: (sourceReference - 1) * this.#guests.length + index + 1 };
  }

  documents(): readonly SourceDocument[] {
    return this.#guests.flatMap(({ sources }) => [...sources.documents()]);
  }

  async text(document: SourceDocument): Promise<string> {
    const owner = this.#guests.find(({ sources }) => sources.owns(document));
    return owner === undefined ? '' : await owner.sources.text(document);
  }

  #byReference(reference: number, client: Client): SourceDocument | undefined {
    const index = (reference - 1) % this.#guests.length;
    const own = Math.floor((reference - 1) / this.#guests.length) + 1;
    return this.#guest(index).sources.find({ sourceReference: own }, client);
  }

  #at(record: number): GuestSources {
    return this.#guest(this.#guestOf(record));
  }

  #guest(index: number): GuestSources {
    const guest = this.#guests[index];
    if (guest === undefined) throw new RangeError(`there is no recording ${index}`);
    return guest;
  }
}
