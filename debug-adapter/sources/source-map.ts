import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { ListingDocument } from '../../timeline/index.ts';
import type { Client } from '../client.ts';

/** Something with lines in which records stand: the trace file itself, or a page of its decoded view. */
export interface SourceDocument {
  /** The file's path, or the page's URI. */
  readonly key: string;
  /** What a tab or a call stack calls it. */
  readonly name: string;
  /** Absent for the trace file itself. */
  readonly page?: ListingDocument;
}

/** A line of a document, 1-based. */
export interface Place {
  readonly document: SourceDocument;
  readonly line: number;
}

/** A record at which the device can be stopped, and the line where it stands. */
export interface StopPlace {
  readonly record: number;
  readonly line: number;
}

/** Which lines stand for which records, in every document that the recording is read in. */
export interface SourceMap {
  /** Where a record is shown; a folded one on its fold's line. Records past the end: on the last line. */
  locate(record: number): Place;
  /** A folded record's own line, where that is in another document than its fold's. */
  locateInRun(record: number): Place | undefined;
  /** The access on a line or the next below it; undefined where none follows. */
  stopAt(document: SourceDocument, line: number): StopPlace | undefined;
  /** The first access of all; undefined where there is none. */
  firstStop(): number | undefined;
  /** Whether the document is one of these. */
  owns(document: SourceDocument): boolean;
  /** The document that a client names; undefined where it belongs to something else. */
  find(source: Dap.Source, client: Client): SourceDocument | undefined;
  toSource(document: SourceDocument, client: Client): Dap.Source;
  /** All documents that a user can start reading from. */
  documents(): readonly SourceDocument[];
  text(document: SourceDocument): Promise<string>;
}
