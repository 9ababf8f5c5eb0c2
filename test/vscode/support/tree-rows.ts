import { pattern } from './text.ts';

/** A row of a tree, as it is drawn. */
export interface TreeRow {
  /** Place in the whole tree, from 0; rows out of sight have one, too. */
  readonly index: number;
  /** Depth, from 1. */
  readonly level: number;
  readonly text: string;
}

/** Texts of rows from the top level down, each below the one before. */
export type TreePath = readonly (string | RegExp)[];

/**
 * The row at the end of a path, of those in sight; undefined where there is none. Rows above it that are in sight must
 * be the path's, so that one of the same name elsewhere is not taken for it; those out of sight are taken on trust.
 */
export function rowAt(rows: readonly TreeRow[], path: TreePath): TreeRow | undefined {
  const inOrder = [...rows].sort((a, b) => a.index - b.index);
  return inOrder.find((_row, at) => isAt(inOrder, at, path));
}

function isAt(rows: readonly TreeRow[], at: number, path: TreePath): boolean {
  const row = rows[at];
  const wanted = path.at(-1);
  if (row === undefined || wanted === undefined || row.level !== path.length) return false;
  if (!pattern(wanted).test(row.text)) return false;
  const parent = rows.slice(0, at).findLastIndex(({ level }) => level < row.level);
  return parent === -1 || isAt(rows, parent, path.slice(0, -1));
}
