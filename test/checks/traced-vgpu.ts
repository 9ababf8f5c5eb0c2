import { createVgpu, defaultConfig, type VgpuConfig } from '../../emulator/index.ts';
import { EngineGuest } from '../../emulator/testing/engine-guest.ts';
import { Vgpu } from '../../emulator/vgpu.ts';

const MOST_BYTES = 4096;

/** A vGPU that writes down what its guest does, as lines of a trace. */
class TracedVgpu extends Vgpu {
  readonly lines: string[] = [];

  override write(...[space, offset, size, low, high]: Parameters<Vgpu['write']>): void {
    const value = size === 8 ? hex(high, 8) + hex(low, 8) : hex(low, size * 2);
    this.lines.push(`${KEYWORDS[space]}W ${size} ${hex(offset)} ${value}`);
    super.write(space, offset, size, low, high);
  }

  override read(...[space, offset, size]: Parameters<Vgpu['read']>) {
    this.lines.push(`${KEYWORDS[space]}R ${size} ${hex(offset)} ?`);
    return super.read(space, offset, size);
  }

  override showMemory(address: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += MOST_BYTES) {
      const piece = Buffer.from(bytes.subarray(at, at + MOST_BYTES)).toString('hex');
      this.lines.push(`M ${hex(address + at)} ${piece}`);
    }
    super.showMemory(address, bytes);
  }
}

const KEYWORDS = { mmio: '', aperture: 'A', config: 'C', io: 'I' } as const;

function hex(value: number, digits = 1): string {
  return (digits === 8 ? value >>> 0 : value).toString(16).padStart(digits, '0');
}

/** Lines of what a guest does that submits work. */
export function linesOf(
  play: (guest: EngineGuest) => void,
  { base, ...change }: Partial<VgpuConfig> & { readonly base?: number },
): readonly string[] {
  const config = { ...defaultConfig(change.platform ?? 'skl'), ...change };
  const vgpu = new TracedVgpu(config, createVgpu(config).core.registers.map);
  const hosted = Object.assign(vgpu, { vgpu });
  play(new EngineGuest({ hosted, ...(base === undefined ? {} : { base }) }));
  return vgpu.lines;
}
