import { LINEAR, type Tiling, X_TILED, Y_TILED } from '../../../gtt/tiling.ts';
import { type Engine, ringGet } from '../../engine.ts';
import { addressAt, bitOf, dwordAt } from '../operands.ts';
import { type Bytes, TRANSPARENT } from './operand.ts';
import type { Box, PixelBytes } from './surface.ts';

/** BCS_SWCTRL: which tiled operands have Y tiles, bit 0 the source, bit 1 the destination (i915_reg.h). */
const SWCTRL = 0x200;

/** Dword 1 of most commands, "BR13" or, of the setup commands, "BR01" (SKL PRM vol 9). */
export interface Control {
  /** Bits 25:24: 8 bits, 5-6-5, 1-5-5-5, 32 bits. */
  readonly depth: number;
  readonly bytes: PixelBytes;
  readonly operation: number;
  readonly pitch: number;
  readonly clips: boolean;
  readonly sourceTransparent: boolean;
  readonly patternTransparent: boolean;
  /** Of a monochrome pattern all bits count as 0. */
  readonly solidPattern: boolean;
}

const DEPTH_BYTES: readonly PixelBytes[] = [1, 2, 2, 4];

export function controlOf(dword: number): Control {
  const depth = (dword >>> 24) & 3;
  return {
    depth,
    bytes: DEPTH_BYTES[depth] ?? 4,
    operation: (dword >>> 16) & 0xff,
    pitch: dword & 0xffff,
    clips: bitOf(dword, 30),
    sourceTransparent: bitOf(dword, 29),
    patternTransparent: bitOf(dword, 28),
    solidPattern: bitOf(dword, 31),
  };
}

/** Bits 21 and 20 of dword 0: with 32-bit pixels alpha and colours are written by themselves. */
export function writeMask(header: number, { bytes }: Control): number {
  if (bytes !== 4) return 0xffffffff;
  return ((bitOf(header, 21) ? 0xff000000 : 0) | (bitOf(header, 20) ? 0x00ffffff : 0)) >>> 0;
}

export function tilingOf(engine: Engine, of: 'source' | 'destination', header: number): Tiling {
  const [enable, isY] = of === 'source' ? [15, 0] : [11, 1];
  if (!bitOf(header, enable)) return LINEAR;
  return bitOf(ringGet(engine, SWCTRL), isY) ? Y_TILED : X_TILED;
}

/** X in bits 15:0 and Y in bits 31:16, each with a sign. */
export function pointOf(dword: number): { readonly x: number; readonly y: number } {
  return { x: (dword << 16) >> 16, y: dword >> 16 };
}

/** Two corners: the first belongs to the box, the second does not. */
export function boxOf(topLeft: number, bottomRight: number): Box {
  const [{ x: left, y: top }, { x: right, y: bottom }] = [pointOf(topLeft), pointOf(bottomRight)];
  return { left, top, right, bottom };
}

/** Bits 14:12 and 10:8 of dword 0. */
export function seedOf(header: number): { readonly x: number; readonly y: number } {
  return { x: (header >>> 12) & 7, y: (header >>> 8) & 7 };
}

export function bitColours(zero: number, one: number, transparent: boolean) {
  return { zero: transparent ? TRANSPARENT : zero, one };
}

/** A command's dwords, from one operand to the next. */
export class OperandReader {
  readonly #dwords: readonly number[];
  #next: number;

  constructor(dwords: readonly number[], next: number) {
    this.#dwords = dwords;
    this.#next = next;
  }

  dword(): number {
    return dwordAt(this.#dwords, this.#next++);
  }

  /** Two dwords; all 48 bits count, as operands of bytes have them. */
  address(): number {
    const low = this.#dwords[this.#next] ?? 0;
    const address = addressAt(this.#dwords, this.#next) + (low & 3);
    this.#next += 2;
    return address;
  }

  memory(): Bytes {
    return { kind: 'memory', address: this.address() };
  }

  /** All that is left. */
  immediate(): Bytes {
    return { kind: 'immediate', dwords: this.#dwords.slice(this.#next) };
  }
}
