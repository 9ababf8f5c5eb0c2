import { decodeGroup, type FieldCatalog, type StateTree } from '../../emulator/index.ts';
import type { SnapshotFact } from '../../trace/index.ts';

/** Registers that have other names on each engine. */
const ENGINES: Readonly<Record<string, { readonly prefix: string; readonly instdone: string }>> = {
  rcs0: { prefix: 'RCS', instdone: 'INSTDONE_1' },
  bcs0: { prefix: 'BCS', instdone: 'BCS_INSTDONE' },
  vcs0: { prefix: 'VCS', instdone: 'VCS_INSTDONE' },
  vcs1: { prefix: 'VCS2', instdone: 'VCS2_INSTDONE' },
  vecs0: { prefix: 'VECS', instdone: 'VECS_INSTDONE' },
};

/** What a GPU error state calls a register, and what it is called in the tables. */
interface DumpRegister {
  readonly key: RegExp;
  readonly name: string;
  /** It has no fields worth showing while it is 0. */
  readonly ifSet?: true;
}

const REGISTERS: readonly DumpRegister[] = [
  { key: /^CTL$/, name: '*_RING_BUFFER_CTL' },
  { key: /^ACTHD$/, name: '*_ACTHD_UDW' },
  { key: /^INSTDONE$/, name: 'INSTDONE' },
  { key: /^INSTDONE1$/, name: 'INSTDONE_1' },
  { key: /^SC_INSTDONE$/, name: 'SC_INSTDONE' },
  { key: /^SC_INSTDONE_EXTRA$/, name: 'SC_INSTDONE_EXTRA' },
  { key: /^SC_INSTDONE_EXTRA2$/, name: 'SC_INSTDONE_EXTRA2' },
  { key: /^SAMPLER_INSTDONE\b/, name: 'SAMPLER_INSTDONE' },
  { key: /^ROW_INSTDONE\b/, name: 'ROW_INSTDONE' },
  { key: /^FAULT_REG$/, name: '*_FAULT_REG', ifSet: true },
  { key: /^ERROR$/, name: 'GFX_ARB_ERROR_RPT', ifSet: true },
];

/** The fields of a register that a line of a dump gives the value of; of ACTHD those of its upper half. */
export function registerOf(
  catalog: FieldCatalog,
  { key, value, engine }: SnapshotFact,
): StateTree | undefined {
  const row = REGISTERS.find((each) => each.key.test(key));
  const word = dwordOf(value);
  if (row === undefined || word === undefined || (row.ifSet && word === 0)) return undefined;
  const plan = namesOf(row.name, engine)
    .map((name) => catalog.register(name))
    .find((each) => each !== undefined);
  if (plan === undefined) return undefined;
  const words = [word];
  const { name, offset } = plan.row;
  const fields = decodeGroup(plan, words);
  return { kind: 'register', title: name, address: offset, bytes: 4, words, fields };
}

/** What a line means where that is more than fields. */
export function remarkOf({ key, value }: SnapshotFact): string | undefined {
  const [first, second] = [...value.matchAll(/0x([0-9a-f]{8})/gi)].map(([, digits = '']) =>
    Number.parseInt(digits, 16),
  );
  if (key === 'HEAD' && first !== undefined) {
    return `head ${hex(first & 0x1ffffc)}, ${first >>> 21} wraps`;
  }
  if (key === 'FAULT_TLB_DATA' && first !== undefined && second !== undefined) {
    const address = (first & 0xf) * 2 ** 44 + second * 2 ** 12;
    return `address ${hex(address)}, ${(first & 0x10) === 0 ? 'PPGTT' : 'GGTT'}`;
  }
  return undefined;
}

/** The first dword that a line shows. */
export function dwordOf(value: string): number | undefined {
  const digits = /^\s*0x([0-9a-f]{8})\b/i.exec(value)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

function namesOf(name: string, engine: string | undefined): string[] {
  const names = ENGINES[engine ?? ''];
  if (name === 'INSTDONE') return names === undefined ? [] : [names.instdone];
  if (!name.startsWith('*')) return [name];
  // The render engine's have no prefix where they are older than other engines.
  return names === undefined ? [] : [`${names.prefix}${name.slice(1)}`, name.slice(2)];
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
