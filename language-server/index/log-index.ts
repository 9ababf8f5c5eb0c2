import { constants, inflateSync } from 'node:zlib';
import {
  type DeviceDescription,
  detectFormat,
  type OpenedTrace,
  openTrace,
  RecordKind,
  type SnapshotRegister,
  Space,
  type TraceDiagnostic,
} from '../../trace/index.ts';
import { DEFAULT_PLATFORM, type RegisterTables, tablesFor } from '../registers/register-tables.ts';
import { LineColumns } from './line-columns.ts';
import { putRecords } from './store-lines.ts';
import type { LineSource, TraceIndex } from './trace-index.ts';

const encoder = new TextEncoder();

/** Characters that tell a format. */
const HEAD = 65_536;

/** Id of the format that a text looks like. */
export function formatOf(source: LineSource): string | undefined {
  return detectFormat(encoder.encode(source.lines(0, 1000).slice(0, HEAD)))?.id;
}

/**
 * Index of a log or dump that another program wrote. Their lines depend on those before, and some on those behind: the
 * whole text is read, and read anew some time after an edit.
 */
export class LogIndex implements TraceIndex {
  readonly columns = new LineColumns();
  version = 0;
  readings = 0;
  format: string | undefined;
  isDump = false;
  tables: RegisterTables = tablesFor({});
  readonly labels = [];
  device: DeviceDescription = { platform: DEFAULT_PLATFORM, bars: [], notes: [] };
  readonly #source: LineSource;
  #problems: readonly TraceDiagnostic[] = [];
  #reading: Promise<void> | undefined;
  #isStale = false;

  constructor(source: LineSource, format: string | undefined) {
    this.#source = source;
    this.format = format;
    this.columns.splice(0, 0, source.lineCount);
  }

  /** Resolves when the text has been read once. */
  ready(): Promise<void> {
    this.#reading ??= this.#read();
    return this.#reading;
  }

  /** Resolves when the text as it is now has been read. */
  async upToDate(): Promise<void> {
    await this.ready();
    if (!this.#isStale) return;
    this.#reading = this.#read();
    await this.#reading;
  }

  /** Lines keep what they have until the text is read anew; those that were edited have nothing. */
  edited(first: number, removed: number, added: number): void {
    this.columns.splice(first, removed, added);
    this.#isStale = true;
    this.version++;
  }

  problems(most: number): readonly TraceDiagnostic[] {
    return this.#problems.slice(0, most);
  }

  problemsOf(line: number): readonly TraceDiagnostic[] {
    return this.#problems.filter((problem) => problem.line === line + 1);
  }

  async #read(): Promise<void> {
    const before = this.version;
    const text = this.#source.lines(0, this.#source.lineCount);
    const trace = await openTrace([encoder.encode(text.replace(/\r(?!\n)/g, '\n'))], {
      name: 'The text',
      unpack,
      registers: tablesFor({}).resolver,
    });
    // Edited in the meantime: it is read again when the editor is quiet.
    if (this.version === before) this.#put(trace);
    else this.#isStale = true;
  }

  #put({ store, snapshot, device, diagnostics, format }: OpenedTrace): void {
    const { columns } = this;
    this.#isStale = false;
    columns.splice(0, columns.length, columns.length);
    putRecords(columns, store, (line) => line - 1);
    for (const register of snapshot?.registers ?? []) putRegister(columns, register);
    this.format = format?.id;
    this.isDump = snapshot !== undefined && store.length === 0;
    this.device = device;
    this.tables = tablesFor(device);
    this.#problems = diagnostics;
    this.readings++;
    this.version++;
  }
}

/** A register in a dump is one that was read, once. */
function putRegister(columns: LineColumns, register: SnapshotRegister): void {
  const line = register.line - 1;
  if (register.offset === undefined || line < 0 || line >= columns.length) return;
  columns.kind[line] = RecordKind.read;
  columns.space[line] = Space.mmio;
  columns.sizeFlags[line] = register.size;
  columns.offset[line] = register.offset;
  columns.low[line] = register.value.low;
  columns.high[line] = register.value.high;
}

/** Streams that are cut off still give what comes before the cut. */
function unpack(packed: Uint8Array, most: number): Uint8Array {
  return inflateSync(packed, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH });
}
