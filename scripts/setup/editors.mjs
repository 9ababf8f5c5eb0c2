// Other programs that the tests drive: Emacs with lsp-mode and dap-mode, Neovim, and GTKWave's readers of waveforms.
import { spawnSync } from 'node:child_process';
import { findExecutable } from '../lib/find-executable.mjs';
import { CommandError } from '../lib/run.mjs';
import { aptInstall } from './apt-install.mjs';

const packages = ['emacs-nox', 'elpa-lsp-mode', 'elpa-dap-mode', 'neovim', 'gtkwave'];
const needed = ['lsp-mode', 'dap-mode'];

/**
 * Installs Debian's Emacs, lsp-mode, dap-mode, Neovim and GTKWave where one of them is missing.
 * @throws CommandError saying what to install where it cannot be done from here
 */
export async function ensureEditors() {
  if (missing() === undefined) return;
  console.log('Installing Emacs, lsp-mode, dap-mode, Neovim and GTKWave with apt-get …');
  await aptInstall(packages, advice);
  const still = missing();
  if (still !== undefined) throw new CommandError(advice(`apt-get brought no ${still}`));
}

function missing() {
  const emacs = findExecutable('emacs');
  if (emacs === undefined) return 'emacs';
  const names = needed.map((name) => `(locate-library "${name}")`).join(' ');
  const found = `(progn (require 'package) (package-activate-all) (kill-emacs (if (and ${names}) 0 1)))`;
  if (spawnSync(emacs, ['--batch', '--eval', found]).status !== 0) return needed.join(' and ');
  return ['nvim', 'vcd2fst', 'fst2vcd'].find((name) => findExecutable(name) === undefined);
}

function advice(reason) {
  return `The tests in other editors need Emacs with lsp-mode and dap-mode, Neovim and GTKWave, which could not be installed (${reason}). Install them (Debian: apt-get install ${packages.join(' ')}).`;
}
