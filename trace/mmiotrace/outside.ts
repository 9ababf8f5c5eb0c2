import { RecordKind, Space } from '../record.ts';
import { packKind } from '../store/store-writer.ts';
import { hex } from '../text/numbers.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { ReaderTarget } from '../trace-reader.ts';

/** Mappings of which a note says that they lie outside; more are only counted. */
const MAX_NOTES = 64;

/** Accesses outside the device's BARs: shown, counted, never given to the device. */
export class OutsideAccesses {
  readonly #target: ReaderTarget;
  readonly #noted = new Set<number>();
  #count = 0;
  #firstLine = 0;
  #firstAddress = 0;

  constructor(target: ReaderTarget) {
    this.#target = target;
  }

  /** Counts an access; the first of each mapping is announced by a note before it. */
  announce(map: number, address: number, line: number): void {
    if (this.#count++ === 0) {
      this.#firstLine = line;
      this.#firstAddress = address;
    }
    if (this.#noted.size >= MAX_NOTES || this.#noted.has(map)) return;
    this.#noted.add(map);
    const text = `accesses through mapping ${map} (${hex(address)} …) lie outside the device's BARs: shown, not replayed`;
    appendNote(this.#target, encodeUtf8(text), line);
  }

  /** The summary for the whole log. */
  report(deviceName: string): void {
    if (this.#count === 0) return;
    const some = this.#count === 1 ? '1 access lies' : `${this.#count} accesses lie`;
    this.#target.diagnostics.warning(
      this.#firstLine,
      `${some} outside the BARs of ${deviceName} (the first, at ${hex(this.#firstAddress)}, here): shown, not replayed.`,
    );
  }
}

export function appendNote(target: ReaderTarget, text: Uint8Array, line: number): void {
  target.store.append(packKind(RecordKind.note, Space.mmio), 0, 0, 0, line);
  target.store.setPayload(text, 0, text.length);
}
