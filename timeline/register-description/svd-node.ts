/** An element of an SVD file as the XML parser gives it: children by name, attributes with @. */
export type SvdNode = Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is SvdNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function child(node: unknown, name: string): SvdNode | undefined {
  const found = isNode(node) ? node[name] : undefined;
  return isNode(found) ? found : undefined;
}

/** All children of a name; none where there is no parent. */
export function all(node: SvdNode | undefined, name: string): readonly SvdNode[] {
  const found = node?.[name];
  return Array.isArray(found) ? found.filter(isNode) : [];
}

export function textIn(node: SvdNode, name: string): string | undefined {
  const found = node[name];
  return typeof found === 'string' && found !== '' ? found.trim() : undefined;
}

/** SVD's scaledNonNegativeInteger: decimal, `0x` hexadecimal, `#` or `0b` binary. */
export function numberIn(node: SvdNode, name: string): number | undefined {
  const text = textIn(node, name);
  if (text === undefined) return undefined;
  const value = Number(text.replace(/^#/, '0b').replace(/^\+/, ''));
  return Number.isInteger(value) && value >= 0 ? value : undefined;
}
