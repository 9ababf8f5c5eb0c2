import type { DumpGroup, DumpView } from '../../timeline/index.ts';
import { listOf, type Row } from './row.ts';

/** What a dump says: of the GPU, of each engine, and the memory that it shows. */
export function dumpRows({ groups, buffers }: DumpView): readonly Row[] {
  const rows = groups.map(groupRow);
  if (buffers.length === 0) return rows;
  const memory = buffers.map(({ engine, name, address, bytes, isGlobal, problem }, index) => ({
    name: `${index}: ${engine} ${name}`,
    value: `0x${address.toString(16)}, ${bytes} bytes${problem === undefined ? '' : ` (${problem})`}`,
    ...(isGlobal ? { memory: { space: 'ggtt' as const, address } } : {}),
  }));
  return [
    ...rows,
    { name: 'memory', value: `${buffers.length} buffers`, children: listOf(memory) },
  ];
}

function groupRow({ engine = 'GPU', facts }: DumpGroup): Row {
  const rows = facts.map(({ key, value, meaning }, index) => ({
    // Lines without a key, and keys that come again, still need names of their own.
    name:
      key === '' || facts.findIndex((fact) => fact.key === key) < index ? `${key} #${index}` : key,
    value: meaning === undefined ? value : `${value} — ${meaning}`,
  }));
  return { name: engine, value: `${facts.length} lines`, children: listOf(rows) };
}
