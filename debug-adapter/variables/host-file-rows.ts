import type { HostFileView, TimelineSession } from '../../timeline/index.ts';
import { writeHostFile } from '../evaluate-expression.ts';
import { listOf, type Row } from './row.ts';

/** Control and debug files of the host's kernel, in their folders. */
export async function hostFileRows(session: TimelineSession): Promise<readonly Row[]> {
  return ROOTS.map((root) => folderRow(session, root, `${root}/`));
}

const ROOTS = ['/sys/kernel/vgt', '/sys/kernel/debug/dri/0/gvt'];

function folderRow(session: TimelineSession, name: string, folder: string): Row {
  return { name, value: '', children: { rows: () => rowsIn(session, folder) } };
}

/** Folders before files. */
async function rowsIn(session: TimelineSession, folder: string): Promise<readonly Row[]> {
  const files = await session.inspect({ kind: 'hostFiles', folder });
  const folders = new Set<string>();
  const rows: Row[] = [];
  for (const file of files) {
    const [name = '', ...rest] = file.path.slice(folder.length).split('/');
    if (rest.length === 0) rows.push(hostFileRow(session, name, file));
    else folders.add(name);
  }
  return [...[...folders].map((name) => folderRow(session, name, `${folder}${name}/`)), ...rows];
}

/** A file is set by writing it. */
export function hostFileRow(session: TimelineSession, name: string, file: HostFileView): Row {
  const { path, text = '', readable, writable, note } = file;
  const lines = text.replace(/\n$/, '').split('\n');
  const more = lines.length > 1 ? lines.map((line, index) => numbered(index, line)) : [];
  const about = note === undefined ? [] : [{ name: 'note', value: note }];
  const children = [...more, ...about];
  return {
    name,
    value: readable ? shown(lines) : 'can only be written',
    type: note === undefined ? path : `${path}: ${note}`,
    ...(children.length === 0 ? {} : { children: listOf(children) }),
    ...(writable ? { assign: (value) => writeHostFile(session, path, value) } : {}),
  };
}

function shown(lines: readonly string[]): string {
  const [first = ''] = lines;
  return lines.length > 1 ? `${first} … (${lines.length} lines)` : first;
}

function numbered(index: number, line: string): Row {
  return { name: `line ${index + 1}`, value: line };
}
