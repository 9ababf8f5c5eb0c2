import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import { GuestError } from '../guest-error.ts';
import { guestDate } from './guest-date.ts';
import type { V86Constructor } from './internals.ts';
import { guestRandom } from './random.ts';

export interface V86Library {
  readonly V86: V86Constructor;
  readonly wasm: Uint8Array<ArrayBuffer>;
}

/** What the library takes from its surroundings. Given by name, so that nothing in it can look at the host's clock. */
export interface V86World {
  /** Milliseconds of guest time. */
  now(): number;
  /** What the library has to say when something is wrong. */
  report(message: string): void;
}

/**
 * The library, evaluated anew with a clock and random numbers of its own: two runs of a guest must be equal, and
 * several guests may live in one process.
 * @throws GuestError where v86 is not installed
 */
export function loadV86(world: V86World): V86Library {
  const folder = buildFolder();
  const code = readFileSync(path.join(folder, 'libv86.js'), 'utf8');
  const exported: { V86?: V86Constructor } = {};
  const surroundings: Readonly<Record<string, unknown>> = {
    module: { exports: exported },
    performance: { now: () => world.now() },
    Date: guestDate(() => world.now()),
    Math: Object.create(Math, { random: { value: () => 0.5 } }),
    crypto: { getRandomValues: guestRandom() },
    console: quietConsole(world),
    // It takes these as a sign of a browser.
    window: undefined,
    document: undefined,
  };
  const names = Object.keys(surroundings);
  compileFunction(code, names, { filename: 'libv86.js' }).apply({}, Object.values(surroundings));
  if (exported.V86 === undefined)
    throw new GuestError(`${folder}/libv86.js is not the emulator that was expected.`);
  return { V86: exported.V86, wasm: new Uint8Array(readFileSync(path.join(folder, 'v86.wasm'))) };
}

/** The library's version, as its package says. @throws GuestError where v86 is not installed */
export function v86Version(): string {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(path.join(buildFolder(), '../package.json'), 'utf8'),
  );
  return manifest.version;
}

function buildFolder(): string {
  try {
    return path.dirname(createRequire(import.meta.url).resolve('v86'));
  } catch {
    throw new GuestError(
      'A live guest runs in the PC emulator v86, which is not installed. Install it beside this program: npm install v86.',
    );
  }
}

function quietConsole(world: V86World): Partial<Console> {
  const report = (...parts: readonly unknown[]) => world.report(parts.map(String).join(' '));
  const nothing = () => undefined;
  return {
    log: nothing,
    debug: nothing,
    trace: nothing,
    warn: nothing,
    assert: nothing,
    error: report,
  };
}
