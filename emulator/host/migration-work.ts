import type { Core } from '../core.ts';
import { type Engine, engineAt } from '../engine/engine.ts';
import type { ContextPair, Descriptor } from '../engine/engine-state.ts';
import { giveBurst } from '../engine/pace.ts';
import { hasQuirk } from '../quirks.ts';
import { bytesOf, type Region, wordsOf } from './migration-regions.ts';

/** Engine, place (0 running, 1 waiting), element of its pair, how many elements, descriptor. */
const WORKLOAD_WORDS = 6;

/** Each context that was submitted and is not done. */
export function saveWork(core: Core): Uint8Array {
  const words: number[] = [];
  core.state.engines.each.forEach(({ running, pending }, engine) => {
    [running, pending].forEach((pair, place) => {
      pair?.elements.forEach(({ low, high }, element) => {
        if (element < pair.current) return;
        words.push(engine, place, element - pair.current, pair.elements.length, low, high);
      });
    });
  });
  return bytesOf(words);
}

export function loadWork(core: Core, region: Region | undefined): void {
  const words = wordsOf(region?.bytes ?? new Uint8Array());
  const pairs = new Map<string, Descriptor[]>();
  for (let at = 0; at + WORKLOAD_WORDS <= words.length; at += WORKLOAD_WORDS) {
    const [index = 0, place = 0, , , low = 0, high = 0] = words.subarray(at, at + WORKLOAD_WORDS);
    const engine = hasQuirk(core.config, 'migration-ring-0') ? 0 : index;
    const key = `${engine} ${place}`;
    pairs.set(key, [...(pairs.get(key) ?? []), { low, high }]);
  }
  for (const [key, elements] of pairs) {
    const [index = 0, place = 0] = key.split(' ').map(Number);
    if (core.state.engines.each[index] === undefined) continue;
    resume(engineAt(core, index), place, elements.slice(0, 2));
  }
}

/** The status entry for its coming in is in the registers and in memory already. */
function resume(engine: Engine, place: number, elements: readonly Descriptor[]): void {
  const { state } = engine;
  const pair: ContextPair = { elements, current: 0, slot: place === 0 ? 0 : 1 };
  if (place !== 0) {
    state.pending = pair;
    return;
  }
  state.running = pair;
  state.phase = 'restore';
  state.since = engine.core.state.now;
  giveBurst(engine);
}

/** How many dwords of ELSP were written, and the four. */
export function saveExeclists(core: Core): Uint8Array {
  return bytesOf(core.state.engines.each.flatMap(({ port }) => [port.written, ...port.dwords]));
}

export function loadExeclists(core: Core, region: Region | undefined): void {
  const words = wordsOf(region?.bytes ?? new Uint8Array());
  core.state.engines.each.forEach(({ port }, engine) => {
    const own = words.subarray(engine * 5, engine * 5 + 5);
    port.written = (own[0] ?? 0) % 4;
    port.dwords = [0, 1, 2, 3].map((n) => own[n + 1] ?? 0);
  });
}
