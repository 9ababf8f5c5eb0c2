import path from 'node:path';
import type { SourceFile } from './source-files.ts';

/** An import as written, and the file it leads to where it is relative. */
export interface Import {
  readonly from: string;
  readonly specifier: string;
  /** Path relative to the root; undefined for packages. */
  readonly target: string | undefined;
}

/**
 * `import … from`, `export … from`, bare imports, `import()` of values and of types. Statements begin a line, and
 * between their first word and `from` stand only names, which keeps strings and comments out.
 */
const IMPORTS =
  /^(?:import|export)\s+(?:type\s+)?[\w\s{},*$]*?\bfrom\s*['"]([^'"\n]+)['"]|^import\s*['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/gm;

/** Every import of a file, type-only ones too. */
export function importsOf(file: SourceFile): Import[] {
  return [...file.text.matchAll(IMPORTS)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    return { from: file.path, specifier, target: targetOf(file.path, specifier) };
  });
}

/** Files that import each other in a ring, each ring once, as `a → b → a`. */
export function circlesIn(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, target } of imports) {
    if (target === undefined) continue;
    next.set(from, [...(next.get(from) ?? []), target]);
  }
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    const before = trail.indexOf(file);
    if (before >= 0) circles.push([...trail.slice(before), file].join(' → '));
    if (before >= 0 || done.has(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return circles;
}

function targetOf(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return path.posix.join(path.posix.dirname(from), specifier);
}
