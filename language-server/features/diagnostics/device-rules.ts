import { graphicsAddressOf, hex, isInGgtt, PAGE_BYTES } from '../../../timeline/index.ts';
import { Space } from '../../../trace/index.ts';
import type { Access } from '../../index/access.ts';
import { constantAt, type DeviceConstants } from './device-constants.ts';
import type { Finding, Fix } from './finding.ts';

/** What the device that the headers describe says against an access that somebody wrote by hand. */
export function deviceFindings(access: Access, constants: DeviceConstants): readonly Finding[] {
  return [wrongConstant(access, constants), outsideSlice(access, constants)].filter(
    (found) => found !== undefined,
  );
}

/** An expectation of something that the device answers always, and otherwise. */
function wrongConstant(access: Access, constants: DeviceConstants): Finding | undefined {
  const { isWrite, valueKnown, space, offset, size, low, high } = access;
  if (isWrite || !valueKnown) return undefined;
  const dword = offset - (offset % 4);
  const first = constantAt(constants, space, dword);
  if (first === undefined) return undefined;
  const shift = (offset % 4) * 8;
  const bits = Math.min(size * 8, 32 - shift);
  const answer = Math.floor(first / 2 ** shift) % 2 ** bits;
  const second = size > 4 ? constantAt(constants, space, dword + 4) : undefined;
  if (answer === low % 2 ** bits && (second === undefined || second === high)) return undefined;
  const text =
    second === undefined
      ? hex(answer, bits / 4)
      : `${hex(second, 8)}${answer.toString(16).padStart(8, '0')}`;
  const source = space === Space.config ? 'the header pci says' : 'the header vgpu and PVINFO say';
  const message = `This answer is always ${text} for the device that this file describes: ${source} so, and nothing changes it.`;
  const fixes: readonly Fix[] = [{ title: `Expect ${text}`, part: 'value', text }];
  return { code: 'impossible', severity: 'warning', message, part: 'value', fixes };
}

function outsideSlice({ space, offset }: Access, { slices }: DeviceConstants): Finding | undefined {
  const address = addressOf(space, offset);
  if (address === undefined) return undefined;
  if (slices.some(([first, last]) => address >= first && address <= last)) return undefined;
  const own = slices.map(([first, last]) => `${hex(first)}–${hex(last)}`).join(' and ');
  const message = `The graphics address ${hex(address)} lies outside of the vGPU's own slice, ${own}: the device faults.`;
  return { code: 'outside-slice', severity: 'warning', message, part: 'place' };
}

function addressOf(space: number, offset: number): number | undefined {
  if (space === Space.aperture) return offset - (offset % PAGE_BYTES);
  return space === Space.mmio && isInGgtt(offset) ? graphicsAddressOf(offset) : undefined;
}
