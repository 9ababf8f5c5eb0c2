import type { Fault } from '../../emulator/index.ts';
import { registerName } from '../breakpoint/access-facts.ts';
import type { EvidenceView, FaultCause, FaultView } from '../inspection.ts';
import type { Moment } from '../moment.ts';
import {
  GGTT_OFFSET,
  hex,
  PAGE_BYTES,
  PTE_BYTES,
  REGISTER_BYTES,
  type RegisterDirectory,
} from '../register-directory.ts';
import type { Playhead } from '../replay/playhead.ts';
import { guestName } from '../together/guest-name.ts';
import type { DeviceViews } from './device-views.ts';
import { lastChange, lastHit } from './last-writer.ts';
import { recordName } from './stack-view.ts';

/** What is looked into for a fault. */
export interface FaultSurroundings {
  readonly playhead: Playhead;
  readonly directory: RegisterDirectory;
  readonly views: DeviceViews | undefined;
  /** Of several guests, whose fault it is. */
  readonly guest: number | undefined;
  readonly yieldToOthers: () => Promise<void>;
}

/** A fault that the next event raises: what shows it, and what led to it. Searches the past; the moment stays. */
export async function faultView(fault: Fault, around: FaultSurroundings): Promise<FaultView> {
  return { fault, evidence: evidenceOf(fault, around), causes: await causesOf(fault, around) };
}

function evidenceOf(fault: Fault, { playhead, directory }: FaultSurroundings): EvidenceView[] {
  const { register, config, graphics, space, guest, value, engine, whose } = fault;
  const rows: EvidenceView[] = [];
  const add = (name: string, text: string) => rows.push({ name, text });
  if (whose !== undefined) add('guest', guestName(whose));
  if (engine !== undefined) add('engine', engine);
  if (register !== undefined) {
    const name = registerName(register, directory);
    add('register', name === hex(register) ? name : `${name} (${hex(register)})`);
  }
  if (config !== undefined) add('config', hex(config, 2));
  if (graphics !== undefined) add('address', `${space ?? 'ggtt'} ${hex(graphics, 8)}`);
  if (guest !== undefined) add('address', `guest memory ${hex(guest, 8)}`);
  if (value !== undefined) add('value', hex(value, 8));
  const command = commandOf(fault, playhead);
  if (command !== undefined) add('command', command);
  return rows;
}

/** Those words that the fault names; else of the command that an engine is about to execute. */
function commandOf({ dwords }: Fault, { inside, device }: Playhead): string | undefined {
  const words = (list: readonly number[]) => list.map((word) => hex(word, 8)).join(' ');
  if (dwords !== undefined) return words(dwords);
  const command = inside ? device.viewWork()?.command : undefined;
  return command === undefined ? undefined : `${command.name} ${words(command.dwords)}`;
}

async function causesOf(fault: Fault, around: FaultSurroundings): Promise<FaultCause[]> {
  const { register, config, graphics, guest } = fault;
  const causes: FaultCause[] = [];
  const add = (what: string, moment: Moment | undefined) =>
    causes.push(causeAt(what, moment, around));
  const engine = engineOf(fault, around);
  if (engine !== undefined) await addSubmission(engine, around, add);
  if (graphics !== undefined && fault.space !== 'ppgtt') {
    const offset = GGTT_OFFSET + Math.floor(graphics / PAGE_BYTES) * PTE_BYTES;
    const entry = `ggtt[${hex(graphics - (graphics % PAGE_BYTES), 8)}]`;
    add(`${entry} was last changed`, await changeOf('mmio', offset, PTE_BYTES, around));
  }
  if (graphics !== undefined && fault.space === 'ppgtt' && engine !== undefined) {
    const entry = around.views?.walk('ppgtt', graphics, engine).at(-1);
    if (entry !== undefined) {
      const address = entry.tableAddress + entry.index * PTE_BYTES;
      const what = `the ${entry.level} entry at ${hex(address)} was last written or shown`;
      add(what, await changeOf('memory', address, PTE_BYTES, around));
    }
  }
  if (guest !== undefined) {
    const what = `guest memory at ${hex(guest)} was last written or shown`;
    add(what, await changeOf('memory', guest - (guest % PTE_BYTES), PTE_BYTES, around));
  }
  if (register !== undefined && register < REGISTER_BYTES) {
    const what = `${registerName(register, around.directory)} was last changed`;
    add(what, await changeOf('mmio', register - (register % 4), 4, around));
  }
  if (config !== undefined) {
    const what = `configuration ${hex(config, 2)} was last changed`;
    add(what, await changeOf('config', config - (config % 4), 4, around));
  }
  return causes;
}

/** The fault's own; else that of the command that raises it. */
function engineOf({ engine }: Fault, { playhead }: FaultSurroundings): string | undefined {
  const next = playhead.inside ? playhead.device.nextWork()?.engine : undefined;
  return engine ?? next?.replace(/^vGPU\d+\./, '');
}

/** What brought the context that runs, or waits: its last submission. Without contexts the ring's tail. */
async function addSubmission(
  name: string,
  around: FaultSurroundings,
  add: (what: string, moment: Moment | undefined) => void,
): Promise<void> {
  const { playhead, directory, views, guest, yieldToOthers } = around;
  const engine = views?.engines().find((each) => each.name === name);
  const lrca = engine?.running?.contexts[engine.running.current]?.lrca;
  if (engine?.submission === 'legacy ring') {
    const tail = directory.named(`${name}.RING_TAIL`)?.offset;
    if (tail === undefined) return;
    add(`${name}.RING_TAIL was last moved`, await changeOf('mmio', tail, 4, around));
    return;
  }
  const moment = await lastHit(
    playhead,
    directory,
    {
      id: 0,
      hitKey: name,
      access: 'readWrite',
      name,
      submission: ({ engine: own, elements, whose }) =>
        own === name &&
        (whose === undefined || whose === guest) &&
        (lrca === undefined || elements.some(({ low }) => pageOf(low) === lrca)),
    },
    yieldToOthers,
  );
  const context = lrca === undefined ? '' : ` of context ${hex(lrca)}`;
  add(`work${context} was submitted to ${name}`, moment);
}

function pageOf(low: number): number {
  return (low & 0xfffff000) >>> 0;
}

function changeOf(
  space: 'mmio' | 'config' | 'memory',
  address: number,
  size: number,
  { playhead, directory, guest, yieldToOthers }: FaultSurroundings,
): Promise<Moment | undefined> {
  return lastChange(playhead, directory, { space, address, size }, guest, yieldToOthers);
}

function causeAt(
  what: string,
  moment: Moment | undefined,
  { playhead: { store }, directory }: FaultSurroundings,
): FaultCause {
  if (moment === undefined) return { what };
  const { record } = moment;
  const line = store.line(record);
  return { what, moment, line, text: recordName(store, record, directory) };
}
