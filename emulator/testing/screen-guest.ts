import type { HostedVgpu } from '../host/hosted-vgpu.ts';
import type { Vgpu } from '../vgpu.ts';
import type { VgpuConfig } from '../vgpu-config.ts';
import { VgpuViews } from '../views/vgpu-views.ts';
import { testVgpu } from './test-vgpu.ts';

const PAGE = 4096;
const GGTT_OFFSET = 0x800000;
/** A surface in the own slice of the default configuration. */
export const SURFACE = 0x8000000;

/** A guest with a pipe that is on and surfaces to show; guest physical addresses are the graphics addresses. */
export class ScreenGuest {
  readonly vgpu: Vgpu;
  readonly w: (offset: number, value: number) => void;
  readonly #views: VgpuViews;

  /** `on`: how its vGPU is made, or a vGPU of a host. */
  constructor(width: number, height: number, on: Partial<VgpuConfig> | HostedVgpu = {}) {
    const device = 'vgpu' in on ? on : testVgpu(on).vgpu;
    this.vgpu = 'vgpu' in device ? device.vgpu : device;
    const w = (offset: number, value: number) => device.write('mmio', offset, 4, value, 0);
    this.w = w;
    this.#views = new VgpuViews(this.vgpu);
    w(0x70008, 0x80000000);
    w(0x6001c, ((width - 1) << 16) | (height - 1));
  }

  /** Maps pages from a graphics address on. */
  map(address: number, pages = 1): void {
    for (let page = 0; page < pages; page++) {
      const at = address + page * PAGE;
      this.vgpu.write('mmio', GGTT_OFFSET + (at / PAGE) * 8, 8, at | 1, 0);
    }
  }

  /** Maps a surface and gives it bytes; `at` counts from its start. */
  surface(bytes: Uint8Array, at = 0, address: number = SURFACE): void {
    this.map(address, Math.ceil((at + bytes.length) / PAGE));
    this.vgpu.showMemory(address + at, bytes);
  }

  /** Plane 1 to 3: control bits besides enable, stride in its units, size and place. */
  plane(
    number: number,
    control: number,
    stride: number,
    [width, height]: readonly [number, number],
    { x = 0, y = 0, address = SURFACE }: { x?: number; y?: number; address?: number } = {},
  ): void {
    const at = (number - 1) * 0x100;
    this.w(0x70180 + at, (0x80000000 | control) >>> 0);
    this.w(0x70188 + at, stride);
    this.w(0x7018c + at, (y << 16) | x);
    this.w(0x70190 + at, ((height - 1) << 16) | (width - 1));
    this.w(0x7019c + at, address);
  }

  screen(pipe?: number) {
    return this.#views.screen(pipe);
  }

  /** Colours as hex text, `rrggbb`, of a row. */
  row(y: number): string[] {
    const { width, pixels } = this.screen();
    const hex = (index: number) => (pixels[index] ?? 0).toString(16).padStart(2, '0');
    return Array.from({ length: width }, (_, x) => {
      const at = (y * width + x) * 4;
      return hex(at) + hex(at + 1) + hex(at + 2);
    });
  }
}

/** Dwords as bytes. */
export function dwords(...values: number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}
