import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { circlesIn, type Import, importsOf } from './support/imports.ts';
import { sourceFiles } from './support/source-files.ts';

interface Rule {
  /** Folders it may import, each through its index.ts. */
  readonly folders: readonly string[];
  /** Packages it may import; `node:` stands for all of Node's modules. */
  readonly packages: readonly string[];
}

/** One row per folder that is shipped: where its arrows may point (ARCHITECTURE.md). */
const rules: Readonly<Record<string, Rule>> = {
  emulator: { folders: [], packages: [] },
  trace: { folders: [], packages: [] },
  timeline: { folders: ['emulator', 'trace'], packages: ['fast-xml-parser', 'jsep'] },
  unpacking: { folders: [], packages: ['node:'] },
  guest: { folders: ['emulator', 'timeline', 'trace'], packages: ['node:'] },
  'debug-adapter': {
    folders: ['emulator', 'timeline', 'trace', 'unpacking'],
    packages: ['node:', '@vscode/debugadapter', '@vscode/debugprotocol'],
  },
  'language-server': {
    folders: ['emulator', 'timeline', 'trace', 'unpacking'],
    packages: ['node:', 'vscode-languageserver', 'vscode-languageserver-textdocument'],
  },
  cli: {
    folders: ['emulator', 'guest', 'language-server', 'timeline', 'trace', 'unpacking'],
    packages: ['node:'],
  },
  extension: {
    folders: ['emulator', 'timeline', 'trace', 'unpacking'],
    packages: ['node:', 'vscode', 'vscode-languageclient'],
  },
};
/** What specs may import besides. */
const testPackages = ['node:', 'fast-check', 'ajv', '@vscode/debugadapter-testsupport'];
const MOST_LINES = 300;
/** Tables are as long as what they list. */
const table = /^emulator\/gen\d+\/|-(?:registers|commands|table|rows)\.ts$/;

const files = sourceFiles('.ts');
const imports = files.flatMap(importsOf);
const shipped = imports.filter(({ from }) => rules[folderOf(from)] !== undefined);

describe('the architecture', () => {
  it('lets arrows between folders point only where they may', () => {
    assert.deepEqual(shipped.filter(isWrongArrow).map(describeImport), []);
  });

  it('lets folders be entered only through their index.ts', () => {
    assert.deepEqual(shipped.filter(isSideDoor).map(describeImport), []);
  });

  it('gives each folder only the packages it needs', () => {
    assert.deepEqual(shipped.filter(isForeignPackage).map(describeImport), []);
  });

  it('imports only files that exist, by their full name', () => {
    const known = new Set(files.map((file) => file.path));
    const lost = imports.filter(({ target }) => target?.endsWith('.ts') && !known.has(target));
    assert.deepEqual(lost.map(describeImport), []);
  });

  it('has no circles, not even of types', () => {
    assert.deepEqual(circlesIn(imports), []);
  });

  it('keeps files, tables excepted, within 300 lines', () => {
    const long = sourceFiles('.ts', '.mjs')
      .filter(({ path, text }) => !table.test(path) && text.split('\n').length - 1 > MOST_LINES)
      .map(({ path }) => path);
    assert.deepEqual(long, []);
  });
});

describe('the reader of imports', () => {
  it('sees every form of import, type-only ones too', () => {
    const text = [
      "import a, { b } from './a.ts';",
      "import type {\n  C,\n} from '../c/index.ts';",
      "export type * from './d.ts';",
      "export { e } from './e.ts';",
      "import './f.ts';",
      "const g = await import('node:g');",
      "type H = import('h').H;",
    ].join('\n');
    assert.deepEqual(
      importsOf({ path: 'x/y.ts', text }).map(({ specifier, target }) => target ?? specifier),
      ['x/a.ts', 'c/index.ts', 'x/d.ts', 'x/e.ts', 'x/f.ts', 'node:g', 'h'],
    );
  });

  it('finds a circle over three files', () => {
    const circle = ['a', 'b', 'c'].map((name, index, names) => {
      const next = names[(index + 1) % names.length] ?? '';
      return { from: name, specifier: `./${next}`, target: next };
    });
    assert.deepEqual(circlesIn(circle), ['a → b → c → a']);
  });
});

function isWrongArrow({ from, target }: Import): boolean {
  if (target === undefined) return false;
  const [here, there] = [folderOf(from), folderOf(target)];
  return (
    here !== there && rules[here]?.folders.includes(there) === false && !isTestSupport(from, there)
  );
}

function isSideDoor({ from, target }: Import): boolean {
  if (target === undefined) return false;
  const there = folderOf(target);
  if (folderOf(from) === there || isTestSupport(from, there)) return false;
  return target !== `${there}/index.ts`;
}

function isForeignPackage({ from, specifier, target }: Import): boolean {
  if (target !== undefined) return false;
  const allowed = [
    ...(rules[folderOf(from)]?.packages ?? []),
    ...(isTest(from) ? testPackages : []),
  ];
  return !allowed.some((name) =>
    name === 'node:' ? specifier.startsWith(name) : packageOf(specifier) === name,
  );
}

/** Specs may share helpers and fixtures that lie in test/. */
function isTestSupport(from: string, there: string): boolean {
  return isTest(from) && there === 'test';
}

function isTest(path: string): boolean {
  return path.endsWith('.spec.ts') || path.includes('/testing/');
}

function folderOf(path: string): string {
  return path.split('/')[0] ?? '';
}

/** `@vscode/debugadapter/lib/x` belongs to the package `@vscode/debugadapter`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function describeImport({ from, specifier }: Import): string {
  return `${from} imports ${specifier}`;
}
