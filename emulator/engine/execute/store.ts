import { GGTT_OFFSET } from '../../gtt/ggtt.ts';
import { writeMmio } from '../../mmio/mmio-access.ts';
import { RING, ringGet } from '../engine.ts';
import { readGpu, spaceFor, statusPage, writeGpu } from '../gpu-memory.ts';
import { noteEffect } from '../pace.ts';
import type { Execute } from './command.ts';
import { addressAt, bitOf, dwordAt, spaceOfMi } from './operands.ts';

/** Byte in the status page where MI_REPORT_HEAD leaves the ring's head. */
const PAGE_HEAD = 0x10;

/** One dword, two with bit 21 (gvt-facts §10.4); bit 0 of the address, the second core, does not exist here. */
export const executeStoreDataImm: Execute = (engine, dwords) => {
  const qword = bitOf(dwordAt(dwords, 0), 21) && dwords.length >= 5;
  const address = addressAt(dwords, 1);
  const space = spaceOfMi(engine, dwords);
  writeGpu(
    engine,
    space,
    address,
    qword ? 8 : 4,
    dwordAt(dwords, 3),
    qword ? dwordAt(dwords, 4) : 0,
  );
};

/** Into the status page, at the byte offset of dword 1. */
export const executeStoreDataIndex: Execute = (engine, dwords) => {
  const page = statusPage(engine);
  if (page === undefined) return;
  const at = page + (dwordAt(dwords, 1) & 0xffc);
  const qword = dwords.length >= 4;
  writeGpu(engine, 'ggtt', at, qword ? 8 : 4, dwordAt(dwords, 2), qword ? dwordAt(dwords, 3) : 0);
};

export const executeReportHead: Execute = (engine) => {
  const page = statusPage(engine);
  if (page === undefined) return;
  writeGpu(engine, 'ggtt', page + PAGE_HEAD, 4, ringGet(engine, RING.head), 0);
};

/** Dword 1 and 2 are the destination (bit 21: in the GGTT), 3 and 4 the source (bit 22). */
export const executeCopyMemMem: Execute = (engine, dwords) => {
  const header = dwordAt(dwords, 0);
  const source = spaceFor(engine, !bitOf(header, 22));
  const value = readGpu(engine, source, addressAt(dwords, 3), 4);
  if (!value.known) return;
  const destination = spaceFor(engine, !bitOf(header, 21));
  writeGpu(engine, destination, addressAt(dwords, 1), 4, value.low, 0);
};

/** Entries from the page of dword 1 on, 64 bits each, with the rules that hold for the guest's own writes. */
export const executeUpdateGtt: Execute = (engine, dwords) => {
  const first = dwordAt(dwords, 1) >>> 12;
  for (let index = 2; index + 1 < dwords.length; index += 2) {
    const offset = GGTT_OFFSET + (first + (index - 2) / 2) * 8;
    writeMmio(engine.core, offset, 8, dwordAt(dwords, index), dwordAt(dwords, index + 1));
  }
  noteEffect(engine);
};
