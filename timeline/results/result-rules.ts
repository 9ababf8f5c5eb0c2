import type { CommandResult, InterruptResult, WriteResult } from './result.ts';

/** A fact that whoever recorded did not follow, so that what the device does is not what the recording shows. */
export interface ResultRule {
  readonly id: string;
  readonly source: string;
  readonly fact: string;
}

export const RESULT_RULES = [
  {
    id: 'noops-left-out',
    source: 'the recordings’ own headers',
    fact: 'Runs of MI_NOOP after the sixth command of a batch are executed; the recording leaves them out.',
  },
  {
    id: 'endless-batch',
    source: 'gvt-facts §6.5',
    fact: 'An endless batch goes on in device time; the recorded device gave up after some rounds.',
  },
  {
    id: 'length-mask',
    source: 'gvt-facts §10.7',
    fact: 'Some commands have more than 8 bits of length; the recorded device took 8 and executed the rest as MI_NOOP.',
  },
  {
    id: 'index-to-status-page',
    source: 'gvt-facts §10.4',
    fact: 'A store in index mode goes to the page of HWS_PGA; the recorded device took the index for an address.',
  },
  {
    id: 'context-saved',
    source: 'gvt-facts §6.7',
    fact: 'All registers of a context image are written back; the recorded device wrote the ring’s head only.',
  },
  {
    id: 'lite-restore',
    source: 'gvt-facts §6.5',
    fact: 'The running context submitted again is a lite restore with a status entry; the recorded device let it wait.',
  },
  {
    id: 'interrupt-per-entry',
    source: 'gvt-facts §6.5',
    fact: 'Each context status entry raises the interrupt; the recorded device raised one per submission.',
  },
  {
    id: 'interrupt-on-enable',
    source: 'gvt-facts §7.3',
    fact: 'What is still pending when the driver enables interrupts again is injected; the recorded device did not.',
  },
  {
    id: 'vblank-phase',
    source: 'gvt-facts §9',
    fact: 'Vblanks are counted from the write that switches the pipe on; the recorded device’s fell at other times.',
  },
] as const satisfies readonly ResultRule[];

export type ResultRuleId = (typeof RESULT_RULES)[number]['id'];

/** What is known besides of the moment at which something differs. */
export interface Around {
  /** The command before it in the same stream, and the one that the device executed last. */
  readonly before: CommandResult | undefined;
  readonly executed: CommandResult | undefined;
  /** Graphics addresses of the context images that have been submitted. */
  readonly images: ReadonlySet<number>;
  /** The window has context status entries of a lite restore. */
  readonly liteRestore: boolean;
}

const NOOP = 0;

export function ruleForExtraCommand(
  command: CommandResult,
  { before }: Around,
): ResultRuleId | undefined {
  if (command.level === 'batch' && command.dwords[0] === NOOP) return 'noops-left-out';
  return isRepetition(command, before) ? 'endless-batch' : undefined;
}

export function ruleForMissingCommand(
  command: CommandResult,
  { before, executed }: Around,
): ResultRuleId | undefined {
  if (command.dwords[0] === NOOP && isInside(command, executed)) return 'length-mask';
  return isRepetition(command, before) ? 'endless-batch' : undefined;
}

/** Whether a command stands in the middle of another one's dwords. */
function isInside(command: CommandResult, other: CommandResult | undefined): boolean {
  if (other?.level !== command.level) return false;
  const bytes = command.where - other.where;
  return bytes > 0 && bytes < other.dwords.length * 4;
}

function isRepetition(command: CommandResult, before: CommandResult | undefined): boolean {
  return command.level === 'batch' && before?.level === 'batch' && before.where === command.where;
}

/** The status page's scratch dwords that i915 names in index mode (LRC_PPHWSP_SCRATCH). */
const INDEX_BYTES = [0xd0, 0xd4];
const PAGE = 4096;
const STATUS_ENTRIES = { first: 0x40, last: 0x7c } as const;

export function ruleForExtraWrite(write: WriteResult, around: Around): ResultRuleId | undefined {
  if (write.space !== 'ggtt') return undefined;
  const inPage = write.address % PAGE;
  const image = write.address - inPage - PAGE;
  if (around.images.has(image)) return 'context-saved';
  if (INDEX_BYTES.includes(inPage)) return 'index-to-status-page';
  const isEntry = inPage >= STATUS_ENTRIES.first && inPage <= STATUS_ENTRIES.last;
  return isEntry && around.liteRestore ? 'lite-restore' : undefined;
}

export function ruleForMissingWrite(write: WriteResult): ResultRuleId | undefined {
  const isIndex = write.space === 'ppgtt' && INDEX_BYTES.includes(write.address);
  return isIndex ? 'index-to-status-page' : undefined;
}

export function ruleForExtraInterrupt({ cause }: InterruptResult): ResultRuleId | undefined {
  if (cause.endsWith('context switch')) return 'interrupt-per-entry';
  if (cause.endsWith('vblank') || cause.includes('flip')) return 'vblank-phase';
  return cause === '' ? 'interrupt-on-enable' : undefined;
}
