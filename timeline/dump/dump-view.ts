import { commandTable, fieldCatalog, type Platform } from '../../emulator/index.ts';
import type { Snapshot, SnapshotFact } from '../../trace/index.ts';
import { dwordOf, registerOf, remarkOf } from '../decode/dump-registers.ts';
import { hex } from '../register-directory.ts';
import { IN_GGTT } from './captured-from-dump.ts';

/** What a dump says, for people, in its own order. */
export interface DumpView {
  /** First what is said of the whole GPU, then of each engine. */
  readonly groups: readonly DumpGroup[];
  readonly buffers: readonly DumpBuffer[];
}

export interface DumpGroup {
  /** `rcs0`; absent for what is of no engine. */
  readonly engine?: string;
  readonly facts: readonly DumpFact[];
}

export interface DumpFact {
  readonly key: string;
  readonly value: string;
  /** What it means, where that is known: `PIPE_CONTROL`, `busy: CS`. */
  readonly meaning?: string;
}

export interface DumpBuffer {
  readonly engine: string;
  readonly name: string;
  /** Graphics address. */
  readonly address: number;
  readonly bytes: number;
  /** Whether it is in the global table; else in the engine's page tables. */
  readonly isGlobal: boolean;
  readonly problem?: string;
}

/** `platform`: whose commands and fields they are; absent where that is not emulated. */
export function dumpView(snapshot: Snapshot, platform: Platform | undefined): DumpView {
  const groups = new Map<string, DumpFact[]>();
  for (const fact of snapshot.facts) {
    const facts = groups.get(fact.engine ?? '') ?? [];
    groups.set(fact.engine ?? '', facts);
    facts.push(factOf(fact, platform));
  }
  const said = new Set(snapshot.facts.map(({ engine = '', key }) => `${engine}\n${key}`));
  for (const { name, value, size, engine, host } of snapshot.registers) {
    if (said.has(`${engine ?? ''}\n${name}`)) continue;
    const facts = groups.get(engine ?? '') ?? [];
    groups.set(engine ?? '', facts);
    const shown = size === 8 ? `0x${pad(value.high)}${pad(value.low)}` : `0x${pad(value.low)}`;
    const meaning = host === undefined ? {} : { meaning: `host: 0x${pad(host.low)}` };
    facts.push({ key: name, value: shown, ...meaning });
  }
  return {
    groups: [...groups].map(([engine, facts]) => (engine === '' ? { facts } : { engine, facts })),
    buffers: snapshot.buffers.map(({ engine, name, address, bytes, problem }) => {
      const isGlobal = IN_GGTT.test(name);
      const buffer = { engine, name, address, bytes: bytes.length, isGlobal };
      return problem === undefined ? buffer : { ...buffer, problem };
    }),
  };
}

/** The same as lines of text: what is read of a dump that is packed, or no text. */
export function dumpText({ groups, buffers }: DumpView): string {
  const lines: string[] = [];
  for (const { engine, facts } of groups) {
    if (engine !== undefined) lines.push('', `${engine}:`);
    for (const { key, value, meaning } of facts) {
      const text = key === '' ? value : `${key}: ${value}`;
      lines.push(`${engine === undefined ? '' : '  '}${text}${meaning ? `   // ${meaning}` : ''}`);
    }
  }
  if (buffers.length > 0) lines.push('', 'memory:');
  for (const { engine, name, address, bytes, problem } of buffers) {
    const why = problem === undefined ? '' : `   // ${problem}`;
    lines.push(`  ${engine} ${name} at ${hex(address)}, ${bytes} bytes${why}`);
  }
  return `${lines.join('\n')}\n`;
}

function factOf(fact: SnapshotFact, platform: Platform | undefined): DumpFact {
  const { key, value } = fact;
  const meaning = platform === undefined ? remarkOf(fact) : meaningOf(fact, platform);
  return { key, value: value.trim(), ...(meaning === undefined ? {} : { meaning }) };
}

function meaningOf(fact: SnapshotFact, platform: Platform): string | undefined {
  const { key, value, engine } = fact;
  if (key === 'IPEHR') {
    const header = dwordOf(value);
    const table = engine === undefined ? undefined : commandTable(platform, engine.toUpperCase());
    const name = header === undefined ? undefined : table?.find(header)?.name;
    return name === undefined ? undefined : `the command executed last: ${name}`;
  }
  const catalog = fieldCatalog(platform);
  const fields = (catalog && registerOf(catalog, fact)?.fields) ?? [];
  if (/INSTDONE/.test(key)) {
    const busy = fields.filter(({ name, low }) => / Done$/.test(name) && low === 0);
    const units = busy.map(({ name }) => name.replace(/ Done$/, ''));
    if (fields.length === 0) return undefined;
    return units.length === 0 ? 'all units are done' : `not done: ${units.join(', ')}`;
  }
  return remarkOf(fact);
}

function pad(value: number): string {
  return value.toString(16).padStart(8, '0');
}
