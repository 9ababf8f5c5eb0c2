// Makes emulator/fields/genxml-table.ts, the fields of all commands, structures and registers, out of Mesa's
// descriptions of the hardware (src/intel/genxml, MIT, see NOTICE):
//
//   node scripts/genxml.ts gen8.xml gen9.xml isl.h
//
// Files that they import have to stand beside them. Only facts are taken: names, bits, values.
import { readFileSync, writeFileSync } from 'node:fs';
import { encodeRow, valuesText } from './genxml/encode-row.ts';
import { readFormats } from './genxml/read-formats.ts';
import { readGroups } from './genxml/read-groups.ts';

const TARGET = new URL('../emulator/fields/genxml-table.ts', import.meta.url);

const [gen8, gen9, formats] = process.argv.slice(2);
if (gen8 === undefined || gen9 === undefined || formats === undefined) {
  throw new Error('Usage: node scripts/genxml.ts gen8.xml gen9.xml isl.h');
}
const rows = [
  `89eSurface Format|${valuesText(readFormats(readFileSync(formats, 'utf8')))}`,
  ...tableRows(encoded(gen8), encoded(gen9)),
];
writeFileSync(
  TARGET,
  `// Made by scripts/genxml.ts of Mesa's genxml; not edited by hand. The form is told in parse-row.ts, the origin in NOTICE.
export const GENXML_TABLE = \`
${rows.join('\n')}
\`;
`,
);

function encoded(file: string): Map<string, string> {
  return new Map([...readGroups(file)].map(([key, group]) => [key, encodeRow(group)]));
}

/** Each row behind the generations that it holds for; versions of one group stand together, which packs well. */
function tableRows(old: Map<string, string>, later: Map<string, string>): string[] {
  const keys = [...new Set([...old.keys(), ...later.keys()])].sort();
  return keys.flatMap((key) => {
    const [of8, of9] = [old.get(key), later.get(key)];
    if (of8 === of9 && of8 !== undefined) return [`89${of8}`];
    return [of8 === undefined ? [] : [`8${of8}`], of9 === undefined ? [] : [`9${of9}`]].flat();
  });
}
