import { REGISTER_BYTES } from '../../timeline/index.ts';
import { Space } from '../../trace/index.ts';
import type { Access } from '../index/access.ts';
import type { RegisterTables } from '../registers/register-tables.ts';

/** Something that a driver begins. */
export interface Phase {
  readonly name: string;
  readonly detail: string;
}

/** Dwords that make a submission: two descriptors. */
const ELSP_DWORDS = 4;
/** RING_CTL bit 0, RING_MODE bit 15 with its write mask. */
const RING_ENABLE = 1;
const RUN_LIST_ENABLE = 0x8000_8000;

/** Tells, access by access in order, where phases begin: probe, resets, engine starts, submissions. */
export class PhaseFinder {
  readonly #tables: RegisterTables;
  readonly #elspWrites = new Map<string, number>();
  readonly #submissions = new Map<string, number>();
  #probed = false;

  constructor(tables: RegisterTables) {
    this.#tables = tables;
  }

  at(access: Access): Phase | undefined {
    if (!this.#probed) {
      this.#probed = true;
      return { name: 'Probe', detail: 'the first access' };
    }
    if (!access.isWrite || access.space !== Space.mmio || access.offset >= REGISTER_BYTES)
      return undefined;
    const info = this.#tables.directory.at(access.offset);
    if (info === undefined) return undefined;
    const dot = info.name.indexOf('.');
    const engine = dot < 0 ? '' : info.name.slice(0, dot);
    switch (info.name.slice(dot + 1)) {
      case 'GEN6_GDRST':
        return { name: 'Reset', detail: `domains 0x${access.low.toString(16)}` };
      case 'RING_CTL':
        return (access.low & RING_ENABLE) === 0
          ? undefined
          : { name: `${engine} starts`, detail: 'its ring is enabled' };
      case 'RING_MODE':
        return (access.low & RUN_LIST_ENABLE) >>> 0 === RUN_LIST_ENABLE
          ? { name: `${engine} starts`, detail: 'run lists are enabled' }
          : undefined;
      case 'RING_TAIL':
        return access.low === 0 ? undefined : this.#submission(engine, 'its ring goes on');
      case 'ELSP':
        return this.#elspWrite(engine);
      default:
        return undefined;
    }
  }

  /** The phase is what the fourth dword sets off. */
  #elspWrite(engine: string): Phase | undefined {
    const writes = (this.#elspWrites.get(engine) ?? 0) + 1;
    this.#elspWrites.set(engine, writes % ELSP_DWORDS);
    return writes === ELSP_DWORDS ? this.#submission(engine, 'through ELSP') : undefined;
  }

  #submission(engine: string, detail: string): Phase {
    const number = (this.#submissions.get(engine) ?? 0) + 1;
    this.#submissions.set(engine, number);
    return { name: `Submission ${number} on ${engine}`, detail };
  }
}
