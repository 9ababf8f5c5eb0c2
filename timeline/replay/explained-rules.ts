import type { DeviceModel, GoldenState } from '../../emulator/index.ts';
import { ENGINE_BASES } from './engine-bases.ts';
import { HOST_VALUES } from './host-values.ts';

/** A read that the model answers otherwise than the recording. Values are those of the whole access. */
export interface ReadDifference {
  readonly record: number;
  readonly space: 'mmio' | 'aperture' | 'config' | 'io';
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  /** What was recorded, and what the model answers: lower and upper 32 bits. */
  readonly expected: number;
  readonly expectedHigh: number;
  readonly got: number;
  readonly gotHigh: number;
  /** Whether the driver had submitted work before. */
  readonly afterSubmission: boolean;
  /** The device just after the read; only to be peeked at. */
  readonly device: Pick<DeviceModel, 'peek'>;
  /** The recording is of a guest inside the real GVT-g. */
  readonly gvtG: boolean;
  /** What is known of its host; what is known explains nothing. */
  readonly golden?: GoldenState | undefined;
}

/** A fact that whoever answered when the trace was recorded did not follow, so that a difference is no mistake. */
export interface ExplainedRule {
  /** Appears in reports. */
  readonly id: string;
  /** The section that states the fact. */
  readonly source: string;
  /** What the fact says and what the recording did instead. */
  readonly fact: string;
  readonly explains: (difference: ReadDifference) => boolean;
}

/** Each explains as little as it can: the register, and only the bits that its fact is about. */
export const EXPLAINED_RULES: readonly ExplainedRule[] = [
  {
    id: 'dpll-ctrl1-preset',
    source: 'gvt-facts §9',
    fact: 'DPLL_CTRL1 is preset to 0x7, 1620 MHz for DPLL0; the recorded device had 0x5.',
    explains: (read) =>
      isMmio(read, 0x6c058) && (read.got & 0xf) === 0x7 && changed(read) === (0x7 ^ 0x5),
  },
  {
    id: 'dpll-lock-follows-enable',
    source: 'gvt-facts §8',
    fact: 'A lock bit of DPLL_STATUS is set where its PLL is enabled; the recorded device had all four set.',
    explains: (read) =>
      isMmio(read, 0x6c060) &&
      (changed(read) & ~LOCK_BITS) === 0 &&
      (read.got & LOCK_BITS) === enabledLocks(read),
  },
  {
    id: 'gmbus-byte-count',
    source: 'gvt-facts §8',
    fact: 'GMBUS3 holds the bytes that GMBUS1 asked for, up to 4; the recorded device always gave 4.',
    explains: explainsByteCount,
  },
  {
    id: 'vblank-phase',
    source: 'gvt-facts §9',
    fact: 'Vblanks are counted from the write that switches the pipe on; the recorded device’s fell at other times.',
    explains: explainsVblankPhase,
  },
  {
    id: 'ring-registers-live',
    source: 'gvt-facts §6.2, §6.7',
    fact: 'Loading a context and executing commands show in the engine’s registers; those of the recorded device stayed 0.',
    explains: explainsRingRegister,
  },
  {
    id: 'csb-pointer-reset',
    source: 'gvt-facts §6.4',
    fact: 'After a reset the write pointer of the context status buffer is 7; the recorded device had 0.',
    explains: (read) =>
      isEngineRegister(read, 0x3a0) && changed(read) === 7 && (read.got & 7) === 7,
  },
  {
    id: 'config-latency-timer',
    source: 'gvt-facts §1.2',
    fact: 'The latency timer is not in the writable bitmap and keeps its value; the recorded device stored it.',
    explains: (read) =>
      isConfig(read, 0x0c, 4) && (changed(read) & ~0xff00) === 0 && (read.got & 0xff00) === 0,
  },
  {
    id: 'config-no-io-bar',
    source: 'gvt-facts §1.2',
    fact: 'BAR4 is not implemented and reads 0, and there is no BAR5; the recorded device had both.',
    explains: (read) => isConfig(read, 0x20, 8) && read.got === 0,
  },
  {
    id: 'host-golden-state',
    source: 'gvt-facts §12.1',
    fact: 'A vGPU starts from its host’s registers; the recorded one’s host had other values in those of the table below.',
    explains: (read) =>
      read.gvtG &&
      read.golden?.gives(read.offset) !== true &&
      HOST_VALUES.some(({ offset, value }) => isMmio(read, offset) && read.expected === value),
  },
  {
    id: 'work-done-later',
    source: 'gvt-facts §11',
    fact: 'A thread of GVT-g’s does the work, and its driver may look before it has; the model does it at once.',
    explains: explainsLaterWork,
  },
  {
    id: 'host-capabilities',
    source: 'gvt-facts §1.2',
    fact: 'Which capabilities there are, and in which order, is the host’s choice; the recorded device’s list was another.',
    explains: explainsCapabilities,
  },
  {
    id: 'host-config-space',
    source: 'gvt-facts §1.1',
    fact: 'Configuration space starts as a copy of the host’s: its subsystem, SERR and INTx of COMMAND.',
    explains: (read) =>
      read.gvtG &&
      read.golden?.config === undefined &&
      (isConfig(read, 0x2c, 4) || (isConfig(read, 0x04, 2) && (changed(read) & ~0x0500) === 0)),
  },
];

/** The first rule that explains a difference. */
export function ruleFor(difference: ReadDifference): ExplainedRule | undefined {
  return EXPLAINED_RULES.find((rule) => rule.explains(difference));
}

const LOCK_BITS = 0x01010101;

/** Enable registers of DPLL0 to DPLL3, whose lock bits are 0, 8, 16 and 24. */
const PLL_ENABLES = [0x46010, 0x46014, 0x46040, 0x46060];

function enabledLocks({ device }: ReadDifference): number {
  let locks = 0;
  PLL_ENABLES.forEach((offset, pll) => {
    if (device.peek('mmio', offset, 4).low >>> 31 === 1) locks |= 1 << (8 * pll);
  });
  return locks;
}

/** GMBUS1 bits 24:16 are the bytes asked for; of the last dword only the rest belongs to them. */
function explainsByteCount(read: ReadDifference): boolean {
  if (!isMmio(read, 0xc510c)) return false;
  const count = (read.device.peek('mmio', 0xc5104, 4).low >>> 16) & 0x1ff;
  const inLast = count % 4;
  if (inLast === 0) return false;
  const asked = 2 ** (8 * inLast) - 1;
  return (changed(read) & asked) === 0 && (read.got & ~asked) === 0;
}

/** Vblank bits of the pipes' IIR, and of the master register if a vblank is all that it sums up. */
function explainsVblankPhase(read: ReadDifference): boolean {
  if (read.space !== 'mmio') return false;
  if ([0x44408, 0x44418, 0x44428].includes(read.offset)) return changed(read) === 1;
  const pipes = 0x70000;
  return read.offset === 0x44200 && changed(read) !== 0 && (changed(read) & ~pipes) === 0;
}

/** What moves with contexts and commands, from the engine's base. */
const LIVE_REGISTERS = [
  0x30, 0x34, 0x38, 0x3c, 0x5c, 0x68, 0x74, 0x110, 0x140, 0x168, 0x234, 0x238, 0x270, 0x274,
];

function explainsRingRegister(read: ReadDifference): boolean {
  const isLive = LIVE_REGISTERS.some((register) => isEngineRegister(read, register));
  return isLive && read.expected === 0 && read.afterSubmission;
}

const ENGINE_INTERRUPTS = [0x44308, 0x44318, 0x44338];
/** User interrupt, notification and context switch of the two engines that share a register. */
const ENGINE_EVENTS = 0x01110111;
const CSB_POINTER = 0x3a0;
const CSB_ENTRIES = 6;
/** Entries that one submission may be behind. */
const MOST_BEHIND = 2;

/** Only events of engines, or a status buffer with fewer entries yet. */
function explainsLaterWork(read: ReadDifference): boolean {
  if (!read.gvtG || !read.afterSubmission) return false;
  if (ENGINE_INTERRUPTS.some((offset) => isMmio(read, offset))) {
    return (changed(read) & ~ENGINE_EVENTS) === 0;
  }
  const behind = ((read.got & 7) + CSB_ENTRIES - (read.expected & 7)) % CSB_ENTRIES;
  return isEngineRegister(read, CSB_POINTER) && (changed(read) & ~7) === 0 && behind <= MOST_BEHIND;
}

/** Where the list begins, and where it goes on behind each capability; nothing else of them. */
function explainsCapabilities(read: ReadDifference): boolean {
  if (read.golden?.config !== undefined) return false;
  if (isConfig(read, LIST, 4)) return (changed(read) & ~0xff) === 0;
  const isNext = isConfig(read, read.offset, 4) && (changed(read) & ~0xff00) === 0;
  return isNext && isInList(read);
}

const LIST = 0x34;
/** Places that there are for capabilities: a list that goes on longer goes in circles. */
const MOST_CAPABILITIES = 48;

function isInList({ offset, device }: ReadDifference): boolean {
  const byteAt = (at: number) => device.peek('config', at, 1).low;
  let at = byteAt(LIST);
  for (let seen = 0; at !== 0 && seen < MOST_CAPABILITIES; seen++) {
    if (at === offset) return true;
    at = byteAt(at + 1);
  }
  return false;
}

function isEngineRegister(read: ReadDifference, register: number): boolean {
  return ENGINE_BASES.some((base) => isMmio(read, base + register));
}

function isMmio(read: ReadDifference, offset: number): boolean {
  return read.space === 'mmio' && read.offset === offset && read.size === 4;
}

function isConfig(read: ReadDifference, first: number, bytes: number): boolean {
  return (
    read.space === 'config' && read.offset >= first && read.offset + read.size <= first + bytes
  );
}

function changed(read: ReadDifference): number {
  return (read.expected ^ read.got) >>> 0;
}
