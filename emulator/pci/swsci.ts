import { type Core, fault, hex } from '../core.ts';
import { configValue } from './config-bytes.ts';
import { makeOpRegion, OPREGION } from './opregion.ts';

const SWSCI = 0xe8;
const ASLS = 0xfc;
const SCI_SELECT = 1 << 15;
const TRIGGER = 1 << 0;
const EXIT_MASK = 7 << 5;
/** Exit codes in bits 7:5: 0 is "failure", 1 success. */
const EXIT_SUCCESS = 1 << 5;

/** Calls that are answered, all of them questions about what there is; everything else is "not ok" (gvt-facts §1.5). */
const ANSWERED: readonly { readonly call: number; readonly sub: number; readonly what: string }[] =
  [
    { call: 4, sub: 0, what: 'get BIOS data: supported calls' },
    { call: 4, sub: 1, what: 'get BIOS data: requested callbacks' },
    { call: 6, sub: 0, what: 'system BIOS callbacks: supported callbacks' },
  ];

/** ASLS was written: firmware has put the OpRegion there, or asks for it. */
export function moveOpRegion(core: Core): void {
  const address = configValue(core, ASLS, 4);
  if (address === 0) return;
  core.services?.mapOpRegion(address, makeOpRegion());
}

/**
 * A request is bit 0 rising with bit 15 (SCI) set. The written value is never stored, so that the stored bit stays 0
 * and every later write with bit 0 set is a new request (gvt-facts §1.5).
 */
export function writeSwsci(core: Core, value: number): void {
  if ((value & SCI_SELECT) === 0) {
    const message = () => `SWSCI write ${hex(value)} asks for an SMI`;
    fault(core, 'swsci-smi', message, { config: SWSCI, value });
    return;
  }
  const rises = (configValue(core, SWSCI, 1) & TRIGGER) === 0 && (value & TRIGGER) !== 0;
  if (rises) answerCall(core);
}

function answerCall(core: Core): void {
  const base = configValue(core, ASLS, 4);
  const control = base === 0 ? undefined : core.memory.fetchValue(base + OPREGION.swsciControl, 4);
  if (control === undefined || !control.known) {
    const why = base === 0 ? 'ASLS is 0' : `the OpRegion at ${hex(base)} is not known`;
    fault(core, 'swsci-refused', () => `SWSCI was triggered, but ${why}`, { config: SWSCI });
    return;
  }
  const call = (control.low >>> 1) & 0xf;
  const sub = (control.low >>> 8) & 0xff;
  if (ANSWERED.some((row) => row.call === call && row.sub === sub)) {
    put(core, base + OPREGION.swsciControl, EXIT_SUCCESS);
    put(core, base + OPREGION.swsciParameter, 0);
    return;
  }
  put(core, base + OPREGION.swsciControl, control.low & ~(EXIT_MASK | TRIGGER));
  fault(core, 'swsci-refused', () => `SWSCI function ${call}, sub-function ${sub}: "not ok"`, {
    config: SWSCI,
    value: control.low,
  });
}

function put(core: Core, address: number, value: number): void {
  core.memory.storeValue(address, 4, value >>> 0, 0);
  core.listener?.memoryWritten?.(address, 4);
}
