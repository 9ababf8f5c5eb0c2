import { encodeUtf8 } from '../text/utf8.ts';
import { VALUE_UNKNOWN } from './chunk.ts';
import { packKind, StoreWriter } from './store-writer.ts';
import type { TraceStore } from './trace-store.ts';

/** Records of one store that come in a row. */
export interface StoreTurn {
  /** Index of the store. */
  readonly guest: number;
  /** The record behind the last one. */
  readonly end: number;
}

/** Several recordings as one. */
export interface MergedStore {
  readonly store: TraceStore;
  /** Of each recording: where its records are in the store, ascending. */
  readonly places: readonly Uint32Array[];
}

/**
 * One store of several, in the order that `turns` say. Each record knows which store it is from, and keeps its time and
 * its line there: from one store's record to another's time may run back.
 */
export function mergeStores(
  stores: readonly TraceStore[],
  turns: Iterable<StoreTurn>,
): MergedStore {
  const writer = new StoreWriter(undefined, true);
  const places = stores.map(({ length }) => new Uint32Array(length));
  const copies = stores.map((store, guest) => new Copy(store, guest, writer));
  const done = stores.map(() => 0);
  for (const { guest, end } of turns) {
    const [copy, own] = [copies[guest], places[guest]];
    if (copy === undefined || own === undefined) throw new RangeError(`there is no store ${guest}`);
    for (let record = done[guest] ?? 0; record < end; record++) {
      own[record] = writer.length;
      copy.append(record);
    }
    done[guest] = end;
  }
  return { store: writer.finish(), places };
}

/** Copies records of one store. */
class Copy {
  readonly #store: TraceStore;
  readonly #guest: number;
  readonly #writer: StoreWriter;
  /** Call stacks as text, by their numbers. */
  readonly #stacks = new Map<number, Uint8Array>();

  constructor(store: TraceStore, guest: number, writer: StoreWriter) {
    this.#store = store;
    this.#guest = guest;
    this.#writer = writer;
  }

  append(record: number): void {
    const [store, writer] = [this.#store, this.#writer];
    writer.advanceTo(store.timeNs(record) / 1000);
    const chunk = store.chunks[record >>> 16];
    const flags = chunk?.sizeFlags[record & 0xffff] ?? VALUE_UNKNOWN;
    const value = { low: store.low(record), high: store.high(record) };
    const kind = packKind(store.kind(record), store.space(record));
    writer.appendWide(kind, flags, store.offset(record), value, store.line(record));
    writer.setGuest(this.#guest);
    const payload = store.payload(record);
    if (payload !== undefined) writer.setPayload(payload, 0, payload.length);
    const stack = store.stackId(record);
    if (stack === 0) return;
    const text = this.#stackText(record, stack);
    writer.setStack(text, 0, text.length);
  }

  #stackText(record: number, stack: number): Uint8Array {
    const known = this.#stacks.get(stack);
    if (known !== undefined) return known;
    const text = encodeUtf8(this.#store.stack(record).join(' < '));
    this.#stacks.set(stack, text);
    return text;
  }
}
