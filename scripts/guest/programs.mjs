// Builds the programs that run inside the guest from guest/programs/*.c.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../lib/run.mjs';
import { ensureCompiler } from './compiler.mjs';
import { guestCache, programSources } from './paths.mjs';

/** Static 32-bit programs without a C library. A Linux program starts with an aligned stack, which C functions do not expect. */
const flags =
  '-m32 -march=i686 -mstackrealign -O1 -Wall -Wextra -Werror -ffreestanding -fno-stack-protector -fno-pic -no-pie -nostdlib -static -s -Wl,--build-id=none'.split(
    ' ',
  );

/** Returns [{name, content}]. */
export async function guestPrograms() {
  const compiler = await ensureCompiler();
  const into = path.join(guestCache, 'programs');
  mkdirSync(into, { recursive: true });
  const sources = readdirSync(programSources).filter((name) => name.endsWith('.c'));
  const programs = [];
  for (const source of sources.sort()) {
    const name = path.basename(source, '.c');
    const program = path.join(into, name);
    await run(compiler, [...flags, path.join(programSources, source), '-o', program]);
    programs.push({ name, content: readFileSync(program) });
  }
  return programs;
}
