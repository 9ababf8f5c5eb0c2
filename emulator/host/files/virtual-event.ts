import { raiseEvent } from '../../interrupt/events.ts';
import type { InterruptEventId } from '../../interrupt/interrupt-tables.ts';
import { coreOf } from '../host.ts';
import type { HostGpu } from '../host-gpu.ts';
import type { HostProblem } from '../host-problem.ts';
import { type HostFile, invalid, numberIn } from './host-file.ts';

/** Events that the file takes, with their numbers in the old trees' list of events. */
const EVENTS: readonly {
  readonly number: number;
  readonly id: InterruptEventId;
  readonly name: string;
}[] = [
  { number: 8, id: 'rcs0-context-switch', name: 'RCS0 context switch' },
  { number: 16, id: 'vcs0-context-switch', name: 'VCS0 context switch' },
  { number: 22, id: 'bcs0-context-switch', name: 'BCS0 context switch' },
];

/** `virtual_event`: an interrupt event for a guest, without a cause (gvt-facts §14.4). */
export function virtualEventFile(gpu: HostGpu, path: string): HostFile {
  return {
    path,
    read: () =>
      `${HELP}\n${EVENTS.map(({ number, name }) => `${hex(number)}: ${name}\n`).join('')}`,
    write: (text) => trigger(gpu, text),
    note: 'the text is ours, its numbers are the kernel’s',
  };
}

const HELP = 'Write a number: the event in bits 15:0, the vGPU in bits 23:16.';

function trigger(gpu: HostGpu, text: string): HostProblem | undefined {
  const value = numberIn(text);
  if (value === undefined) return invalid(`"${text.trim()}" is no number. ${HELP}`);
  const event = EVENTS.find(({ number }) => number === (value & 0xffff));
  if (event === undefined) {
    const known = EVENTS.map(({ number, name }) => `${hex(number)} (${name})`).join(', ');
    return invalid(`${hex(value & 0xffff)} is none of the events ${known}.`);
  }
  const id = (value >>> 16) & 0xff;
  const core = coreOf(gpu.host, id);
  if (core === undefined) return invalid(`There is no vGPU ${id}, as bits 23:16 name it.`);
  raiseEvent(core, event.id);
  return undefined;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
