/** An element of an XML file. Text between elements is not kept: genxml has none. */
export interface Element {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

/** The outermost element. @throws where elements are not closed in order */
export function parseXml(text: string): Element {
  const outermost: Element[] = [];
  const open: { readonly element: Element; readonly children: Element[] }[] = [];
  for (const [token, closing, tag, attributes = '', empty] of text.matchAll(TOKEN)) {
    if (tag === undefined) continue;
    if (closing) {
      if (open.pop()?.element.tag !== tag) throw new Error(`${token} closes what is not open.`);
      continue;
    }
    const children: Element[] = [];
    const element = { tag, attributes: attributesOf(attributes), children };
    (open.at(-1)?.children ?? outermost).push(element);
    if (!empty) open.push({ element, children });
  }
  const [root, another] = outermost;
  if (root === undefined || another !== undefined || open.length > 0) {
    throw new Error('This is no XML file with one outermost element.');
  }
  return root;
}

function attributesOf(text: string): Map<string, string> {
  const found = [...text.matchAll(ATTRIBUTE)];
  return new Map(
    found.map(([, name = '', double, single]) => [name, plain(double ?? single ?? '')]),
  );
}

function plain(text: string): string {
  return text.replace(/&(\w+);/g, (entity, name) => ENTITIES[name] ?? entity);
}
