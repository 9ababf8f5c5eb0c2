import type { TimelineSession } from '../../timeline/index.ts';
import type { Conversation } from '../conversation.ts';
import { AdapterError } from '../errors.ts';
import { pokeMemory } from '../evaluate-expression.ts';
import { sessionOf } from '../guest-session.ts';
import {
  bytesInside,
  formatMemoryReference,
  type MemoryAddress,
  parseMemoryReference,
} from '../memory-reference.ts';
import type { Handlers } from '../requests.ts';

/** One answer's bytes at most; clients ask again for what follows. */
const MAX_READ = 0x100000;

/** The memory view: BAR0, aperture, configuration space, guest physical and graphics memory. */
export const MEMORY = {
  readMemory: async ({ memoryReference, offset, count }, { conversation }) => {
    const place = placeAt(memoryReference, offset);
    conversation.memoryViews.add(memoryReference, offset ?? 0, count);
    const wanted = Math.min(bytesInside(place, Math.max(0, count)), MAX_READ);
    const address = `0x${place.address.toString(16)}`;
    const session = sessionOf(conversation.program.session, place.guest);
    const { space, address: from } = place;
    const { bytes, known } = await session.inspect({
      kind: 'memory',
      space,
      address: from,
      count: wanted,
    });
    const filler = conversation.launch?.unknownByte;
    if (filler !== undefined) {
      const marked = new Uint8Array(Math.min(Math.max(0, count), MAX_READ)).fill(filler);
      for (const [index, byte] of bytes.entries()) if (known[index] === 1) marked[index] = byte;
      if (leading(known, 1) < marked.length) conversation.explainUnknownByte(filler);
      return { address, data: Buffer.from(marked).toString('base64') };
    }
    if (wanted === 0) return { address, unreadableBytes: Math.max(0, count) };
    const readable = leading(known, 1);
    const data = Buffer.from(bytes.subarray(0, readable)).toString('base64');
    if (readable === count) return { address, data };
    // Clients fill what is neither data nor unreadable with zeros, which would look real: after the first
    // unknown byte nothing is left to them. Where that is the very first, they may skip the unknown ones.
    const unknown = readable === 0 ? leading(known, 0) : count - readable;
    return { address, data, unreadableBytes: unknown };
  },

  writeMemory: async ({ memoryReference, offset, data, allowPartial }, call) => {
    const { conversation } = call;
    conversation.runs.requireStopped();
    const place = placeAt(memoryReference, offset);
    const bytes = Buffer.from(data, 'base64');
    const inside = bytesInside(place, bytes.length);
    if (inside < bytes.length && allowPartial !== true) {
      throw new AdapterError(
        'memory',
        `${bytes.length} bytes at ${formatMemoryReference(place)} reach past the end of ${place.space}.`,
      );
    }
    const session = sessionOf(conversation.program.session, place.guest);
    await pokeBytes(session, place, bytes.subarray(0, inside));
    call.afterResponse(() => changed(conversation));
    return { bytesWritten: inside };
  },
} satisfies Partial<Handlers>;

function changed(conversation: Conversation): void {
  conversation.announceChange();
}

function placeAt(memoryReference: string, offset = 0): MemoryAddress {
  const base = parseMemoryReference(memoryReference);
  const address = base.address + offset;
  if (address < 0 || !Number.isSafeInteger(address)) {
    throw new AdapterError(
      'memory',
      `${offset} bytes from ${memoryReference} is before its start.`,
    );
  }
  return { ...base, address };
}

/** How many entries from the start on are `flag`. */
function leading(flags: Uint8Array, flag: number): number {
  const end = flags.findIndex((each) => each !== flag);
  return end < 0 ? flags.length : end;
}

/** In aligned dwords where possible: registers are changed whole. */
async function pokeBytes(
  session: TimelineSession,
  { space, address }: MemoryAddress,
  bytes: Uint8Array,
): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const aligned = (address + at) % 4 === 0 && bytes.length - at >= 4;
    const size = aligned ? 4 : 1;
    let low = 0;
    for (let byte = size - 1; byte >= 0; byte--) low = low * 256 + (bytes[at + byte] ?? 0);
    await pokeMemory(session, { space, address: address + at, size }, low);
    at += size;
  }
}
