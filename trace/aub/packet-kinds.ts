/** Packets of Mesa's and IGT's writers, by opcode and sub-opcode of their first dword (intel_aub.h). */
export const PacketKind = {
  version: 0x2e0e,
  memoryWrite: 0x2e06,
  memoryPoll: 0x2e05,
  registerWrite: 0x2e03,
  registerPoll: 0x2e02,
  comment: 0x2e08,
  legacyHeader: 0x0105,
  legacyBlock: 0x0141,
  legacyBitmap: 0x011e,
} as const;

const TYPE = 7;
const MEMTRACE = 0x2e;
const LEGACY = 1;

/** Bytes of a packet that tell its size: the count of a legacy block's data stands in its fifth dword. */
export const PREFIX_BYTES = 20;
const BLOCK_COUNT = 16;

/** Opcode in the upper byte, sub-opcode in the lower. */
export function packetKind(packet: DataView): number {
  const header = packet.getUint32(0, true);
  return (((header >>> 23) & 0x3f) << 8) | ((header >>> 16) & 0x7f);
}

/** Bytes of the packet that begins here; 0 where none does. */
export function packetBytes(packet: DataView): number {
  const header = packet.getUint32(0, true);
  const opcode = (header >>> 23) & 0x3f;
  if (header >>> 29 !== TYPE) return 0;
  const dwords = header & 0xffff;
  if (opcode === MEMTRACE) return (dwords + 1) * 4;
  if (opcode !== LEGACY) return 0;
  const fixed = (dwords + 2) * 4;
  if (packetKind(packet) !== PacketKind.legacyBlock || packet.byteLength < PREFIX_BYTES)
    return fixed;
  return fixed + Math.ceil(packet.getUint32(BLOCK_COUNT, true) / 4) * 4;
}
