import { setImmediate } from 'node:timers/promises';
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
import { unpack } from '../../unpacking/index.ts';
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

/** Characters that are read before others have their turn: some milliseconds' worth. */
const SLICE = 2 ** 20;

/** Some lines have given way to others. */
interface Edit {
  readonly first: number;
  readonly removed: number;
  readonly added: number;
}

/**
 * Index of a log or dump that another program wrote. Their lines depend on those before, and some on those behind: the
 * whole text is read, and read anew some time after an edit. That is done in slices, between which requests are
 * answered; what is edited meanwhile is told from what the reading finds.
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
  readonly #slice: number;
  #problems: readonly TraceDiagnostic[] = [];
  #first: Promise<void> | undefined;
  #reading: Promise<void> | undefined;
  #isReading = false;
  /** What happened since the text was taken that is being read. */
  #edits: Edit[] = [];
  #isStale = false;

  /** `slice`: characters that are read at once. */
  constructor(source: LineSource, format: string | undefined, slice = SLICE) {
    this.#source = source;
    this.#slice = slice;
    this.format = format;
    this.columns.splice(0, 0, source.lineCount);
  }

  /** Resolves when the text has been read once, rejects where it cannot be; does not wait for what is read anew. */
  ready(): Promise<void> {
    this.#first ??= this.#read().catch((error) => {
      this.#first = undefined;
      throw error;
    });
    return this.#first;
  }

  /** Resolves when the text as it is now has been read. */
  async upToDate(): Promise<void> {
    await this.ready();
    // It may have been taken before the last edit.
    await this.#reading;
    if (this.#isStale && !this.#isReading) {
      this.#reading = this.#read().catch((error) => {
        this.#reading = undefined;
        throw error;
      });
    }
    await this.#reading;
  }

  /** Lines keep what they have until the text is read anew; those that were edited have nothing. */
  edited(first: number, removed: number, added: number): void {
    this.columns.splice(first, removed, added);
    if (this.#isReading) this.#edits.push({ first, removed, added });
    else this.#isStale = true;
    this.version++;
  }

  problems(most: number): readonly TraceDiagnostic[] {
    return this.#problems.slice(0, most);
  }

  problemsOf(line: number): readonly TraceDiagnostic[] {
    return this.#problems.filter((problem) => problem.line === line + 1);
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    this.#isStale = false;
    this.#edits = [];
    try {
      const { lineCount } = this.#source;
      const trace = await this.#open(this.#source.lines(0, lineCount));
      this.#put(trace, lineCount);
    } catch (error) {
      // Who asks next tries again.
      this.#isStale = true;
      throw error;
    } finally {
      this.#isReading = false;
    }
  }

  #open(text: string): Promise<OpenedTrace> {
    const registers = tablesFor({}).resolver;
    return openTrace(slicesOf(text, this.#slice), { name: 'The text', unpack, registers });
  }

  /** `lineCount`: how many lines the text had that was read. */
  #put(trace: OpenedTrace, lineCount: number): void {
    const { store, snapshot, device, diagnostics, format } = trace;
    const { columns } = this;
    columns.splice(0, columns.length, lineCount);
    putRecords(columns, store, -1);
    for (const register of snapshot?.registers ?? []) putRegister(columns, register);
    for (const { first, removed, added } of this.#edits) columns.splice(first, removed, added);
    this.#isStale = this.#edits.length > 0;
    this.#edits = [];
    this.format = format?.id;
    this.isDump = snapshot !== undefined && store.length === 0;
    this.device = device;
    this.tables = tablesFor(device);
    this.#problems = diagnostics;
    this.readings++;
    this.version++;
  }
}

/** The text's bytes. The protocol ends lines at a lone CR too, the formats do not. */
async function* slicesOf(text: string, slice: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; ) {
    const lf = text.indexOf('\n', at + slice - 1);
    const end = lf < 0 ? text.length : lf + 1;
    const part = text.slice(at, end);
    yield encoder.encode(part.includes('\r') ? part.replace(/\r(?!\n)/g, '\n') : part);
    at = end;
    await setImmediate();
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
  columns.upper[line] = register.upperOffset ?? 0;
}
