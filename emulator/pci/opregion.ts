/**
 * The OpRegion, through which a driver and its firmware know each other (gvt-facts §1.5). The model makes it; the
 * guest's firmware puts it into guest memory and writes its address to ASLS.
 */
export const OPREGION_SIZE = 0x2000;

/** Offsets in it. */
export const OPREGION = {
  size: 0x10,
  version: 0x14,
  mailboxes: 0x58,
  lidState: 0x1ac,
  swsciControl: 0x200,
  swsciParameter: 0x204,
  vbt: 0x400,
} as const;

const SIGNATURE = 'IntelGraphicsMem';
const KIB = 8;
/** 2.0. */
const VERSION = 0x02000000;
/** Only the VBT: neither ACPI nor SWSCI nor ASLE is announced. */
const MAILBOX_VBT = 1 << 3;
const LID_OPEN = 3;

const VBT_VERSION = 155;
const BDB_VERSION = 186;
const VBT_HEADER = 48;
const BDB_HEADER = 22;
const BLOCK_HEADER = 3;
const GENERAL_FEATURES = { id: 1, size: 5 } as const;
const GENERAL_DEFINITIONS = { id: 2, size: 5 } as const;
/** Bytes of a child device in a BDB of this version. */
const CHILD_SIZE = 33;
const VBT_CHECKSUM = 0x1a;

/** Child devices: one DisplayPort each, with the codes that VBTs use for its port. */
const CHILDREN = [
  { port: 'A', handle: 0x04, dvoPort: 10, ddcPin: 0, aux: 0x40 },
  { port: 'B', handle: 0x40, dvoPort: 7, ddcPin: 5, aux: 0x10 },
  { port: 'C', handle: 0x20, dvoPort: 8, ddcPin: 4, aux: 0x20 },
  { port: 'D', handle: 0x10, dvoPort: 9, ddcPin: 6, aux: 0x30 },
] as const;
const TYPE_DISPLAY_PORT = 0x68c6;
const SUPPORTS_DISPLAY_PORT = 1 << 1;
const INTEGRATED_ENCODER = 1 << 5;

/** Both pages, as at power-on. */
export function makeOpRegion(): Uint8Array {
  const bytes = new Uint8Array(OPREGION_SIZE);
  const view = new DataView(bytes.buffer);
  putText(bytes, 0, SIGNATURE);
  view.setUint32(OPREGION.size, KIB, true);
  view.setUint32(OPREGION.version, VERSION, true);
  view.setUint32(OPREGION.mailboxes, MAILBOX_VBT, true);
  view.setUint32(OPREGION.lidState, LID_OPEN, true);
  bytes.set(makeVbt(), OPREGION.vbt);
  return bytes;
}

/** The video BIOS table: what is on which port. */
function makeVbt(): Uint8Array {
  const features = BDB_HEADER;
  const definitions = features + BLOCK_HEADER + GENERAL_FEATURES.size;
  const children = definitions + BLOCK_HEADER + GENERAL_DEFINITIONS.size;
  const size = children + CHILDREN.length * CHILD_SIZE;
  const bytes = new Uint8Array(VBT_HEADER + size);
  const view = new DataView(bytes.buffer);
  putText(bytes, 0, '$VBT');
  view.setUint16(0x14, VBT_VERSION, true);
  view.setUint16(0x16, VBT_HEADER, true);
  view.setUint16(0x18, bytes.length, true);
  view.setUint32(0x1c, VBT_HEADER, true);
  const bdb = new DataView(bytes.buffer, VBT_HEADER);
  putText(bytes, VBT_HEADER, 'BIOS_DATA_BLOCK');
  bdb.setUint16(0x10, BDB_VERSION, true);
  bdb.setUint16(0x12, BDB_HEADER, true);
  bdb.setUint16(0x14, size, true);
  // All zero: neither an integrated CRT nor a TV encoder.
  putBlock(bdb, features, GENERAL_FEATURES.id, GENERAL_FEATURES.size);
  const own = GENERAL_DEFINITIONS.size + CHILDREN.length * CHILD_SIZE;
  putBlock(bdb, definitions, GENERAL_DEFINITIONS.id, own);
  bdb.setUint8(children - 1, CHILD_SIZE);
  CHILDREN.forEach((child, index) => {
    putChild(bdb, children + index * CHILD_SIZE, child);
  });
  // The bytes of a VBT add up to 0.
  bytes[VBT_CHECKSUM] = -bytes.reduce((sum, byte) => sum + byte, 0) & 0xff;
  return bytes;
}

function putBlock(bdb: DataView, at: number, id: number, size: number): void {
  bdb.setUint8(at, id);
  bdb.setUint16(at + 1, size, true);
}

function putChild(bdb: DataView, at: number, child: (typeof CHILDREN)[number]): void {
  bdb.setUint16(at, child.handle, true);
  bdb.setUint16(at + 2, TYPE_DISPLAY_PORT, true);
  bdb.setUint8(at + 16, child.dvoPort);
  bdb.setUint8(at + 19, child.ddcPin);
  bdb.setUint8(at + 24, SUPPORTS_DISPLAY_PORT);
  bdb.setUint8(at + 25, child.aux);
  bdb.setUint8(at + 27, INTEGRATED_ENCODER);
}

function putText(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
}
