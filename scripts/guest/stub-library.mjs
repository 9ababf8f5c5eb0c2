// A library in place of a large one that a program links with but does not call in the guest.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../lib/run.mjs';
import { ensureCompiler } from './compiler.mjs';
import { guestCache } from './paths.mjs';

/**
 * Has all `names`, in the given version. Those in `answers` are functions that return a number, all others are an
 * invalid instruction. Returns the library's bytes.
 */
export async function stubLibrary({ library, version, names, answers }) {
  const compiler = await ensureCompiler();
  const folder = path.join(guestCache, 'stubs');
  mkdirSync(folder, { recursive: true });
  const [source, script, output] = ['.s', '.map', ''].map((end) =>
    path.join(folder, `${library}${end}`),
  );
  writeFileSync(source, assembly(names, answers));
  writeFileSync(script, `${version} { global: *; };\n`);
  const flags = ['-m32', '-shared', '-nostdlib', '-s', '-Wl,--build-id=none'];
  const named = [`-Wl,-soname,${library}`, `-Wl,--version-script,${script}`];
  await run(compiler, [...flags, ...named, source, '-o', output]);
  return readFileSync(output);
}

function assembly(names, answers) {
  const symbols = names.map((name) => {
    const answer = answers[name];
    const body = answer === undefined ? 'ud2' : `movl $${answer}, %eax\nret`;
    return `.globl ${name}\n.balign 16\n${name}:\n${body}\n`;
  });
  return `.text\n${symbols.join('')}.skip 64\n.section .note.GNU-stack,"",@progbits\n`;
}
