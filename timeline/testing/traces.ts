import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createVgpu, registerDirectory, VgpuViews } from '../../emulator/index.ts';
import { type OpenedTrace, openTrace } from '../../trace/index.ts';
import { deviceConfigFor } from '../device-from-trace.ts';
import { createLocalSession, type LocalSessionOptions } from '../local-session/local-session.ts';
import { sampleDirectory } from '../patterns/testing/directory.ts';
import type { CancellationToken, TimelineSession } from '../session.ts';
import { FAKE_EVENTS, FakeDevice } from './fake-device.ts';

export const NOT_CANCELLED: CancellationToken = { cancelled: false };

/** A trace of the lines, in the compact form. */
export async function traceOf(lines: readonly string[]): Promise<OpenedTrace> {
  const text = ['## platform: skl', ...lines, ''].join('\n');
  const trace = await openTrace([new TextEncoder().encode(text)], { name: 'test.vgpu' });
  const [problem] = trace.diagnostics;
  if (problem !== undefined) throw new Error(problem.message);
  return trace;
}

/** A session with the lines' trace on the fake device. */
export async function fakeSession(
  lines: readonly string[],
  options: Partial<LocalSessionOptions> = {},
): Promise<TimelineSession> {
  const trace = await traceOf(lines);
  const device = new FakeDevice();
  const events = FAKE_EVENTS;
  return createLocalSession({ trace, device, directory: sampleDirectory, events, ...options });
}

/** A genuine recording of `samples/`. */
export async function sampleTrace(name: string): Promise<OpenedTrace> {
  const file = new URL(`../../samples/${name}`, import.meta.url);
  return openTrace([gunzipSync(readFileSync(file))], { name });
}

/** The bundled vGPU that a trace's header describes. */
export function vgpuFor(trace: OpenedTrace) {
  const config = deviceConfigFor(trace.device);
  if ('problem' in config) throw new Error(config.problem);
  const device = createVgpu(config);
  return {
    device,
    directory: registerDirectory(config.platform, config.deviceId),
    views: new VgpuViews(device),
  };
}

/** Work for an engine, at once or with the next millisecond. */
const workLine = fc.constantFrom('001', '003', '102', '104').map((w) => `W 4 002550 00000${w}`);
const OFFSETS = ['002030', '002034', '00203c', '00229c', '044200', '044408', '0c501c'];
const hexValue = fc.constantFrom('00000000', '00000001', '00010001', '00018000', 'ffffffff');

/** Lines of random traces: reads, writes, time, entries, configuration, guest memory, notes. */
export const randomLine: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: write('W', fc.constantFrom(...OFFSETS)) },
  { weight: 4, arbitrary: write('R', fc.constantFrom(...OFFSETS)) },
  { weight: 2, arbitrary: write('W', fc.constantFrom('800008', '80000c', '800010')) },
  { weight: 1, arbitrary: write('AW', fc.constantFrom('001000', '001004')) },
  { weight: 1, arbitrary: write('AR', fc.constantFrom('001000', '001004')) },
  { weight: 1, arbitrary: write('CW', fc.constantFrom('04', '3c')) },
  { weight: 1, arbitrary: fc.nat(255).map((byte) => `M 000001000 ${hexByte(byte).repeat(64)}`) },
  { weight: 1, arbitrary: fc.constant('# 0.0 a note') },
  { weight: 1, arbitrary: workLine },
);

function write(kind: string, offset: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(offset, hexValue).map(([at, value]) => `${kind} 4 ${at} ${value}`);
}

/** Random lines, 300 µs apart. */
export function randomLines(minimum: number, maximum: number): fc.Arbitrary<string[]> {
  return fc
    .array(randomLine, { minLength: minimum, maxLength: maximum })
    .map((lines) =>
      lines.flatMap((line, index) => [`T ${((index * 300) / 1e6).toFixed(6)}`, line]),
    );
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
