/** A table; cells are as they stand, but for what would end them. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return `${line(head)}|${'---|'.repeat(head.length)}\n${rows.map(line).join('')}`;
}

/** `text` of a page with what stands between each pair of markers replaced by its table. */
export function withTables(
  page: string,
  text: string,
  tables: Readonly<Record<string, string>>,
): string {
  return Object.entries(tables).reduce((before, [name, table]) => {
    const [begin, end] = [`<!-- ${name}: begin -->\n`, `<!-- ${name}: end -->`];
    const from = before.indexOf(begin);
    const to = before.indexOf(end);
    if (from < 0 || to < from) throw new Error(`${page} has no markers ${name}`);
    return `${before.slice(0, from + begin.length)}\n${table}\n${before.slice(to)}`;
  }, text);
}

/** Names of the tables that a page has markers for. */
export function markersOf(text: string): string[] {
  return [...text.matchAll(/^<!-- ([a-z0-9-]+): begin -->$/gm)].map(([, name = '']) => name);
}
