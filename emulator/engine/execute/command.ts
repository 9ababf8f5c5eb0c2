import type { Engine } from '../engine.ts';

/** What a command does. Its position has moved on; a stall moves it back, so that it is executed again. */
export type Execute = (engine: Engine, dwords: readonly number[]) => void;
