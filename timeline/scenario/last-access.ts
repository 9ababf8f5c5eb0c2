import type { Answer, DeviceModel } from '../../emulator/index.ts';
import { isAccess, RecordKind, SPACE_NAMES, type TraceStore } from '../../trace/index.ts';
import type { AccessFacts, EvaluationContext } from '../expression/context.ts';

const UNKNOWN: Answer = { low: 0, high: 0, known: false };

/** What expressions of a line `expect` see: the device as it is, and the access before the line, as answered. */
export class LastAccess {
  readonly #store: TraceStore;
  #record = -1;
  #answer: Answer = UNKNOWN;

  constructor(store: TraceStore) {
    this.#store = store;
  }

  answered(record: number, answer: Answer): void {
    this.#record = record;
    this.#answer = answer;
  }

  contextAt(record: number, device: DeviceModel): EvaluationContext {
    return {
      peek: (space, address, size) => device.peek(space, address, size),
      access: this.#factsBefore(record),
      record,
      timeNs: this.#store.timeNs(record),
    };
  }

  #factsBefore(record: number): AccessFacts | undefined {
    const store = this.#store;
    let access = record - 1;
    while (access >= 0 && !isAccess(store.kind(access))) access--;
    const space = access < 0 ? undefined : SPACE_NAMES[store.space(access)];
    if (space === undefined || space === 'ppgtt') return undefined;
    const isRead = store.kind(access) === RecordKind.read;
    const written = { low: store.low(access), high: store.high(access), known: true };
    return {
      direction: isRead ? 'read' : 'write',
      space,
      offset: store.offset(access),
      size: store.size(access),
      value: isRead ? (access === this.#record ? this.#answer : UNKNOWN) : written,
      old: UNKNOWN,
    };
  }
}
