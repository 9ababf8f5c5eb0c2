/** A host's configuration space as `lspci` shows it: its list has MSI at 0x90 and PM at 0xd0. */
export function hostConfig(): Uint8Array {
  const bytes = new Uint8Array(4096);
  const view = new DataView(bytes.buffer);
  view.setUint32(0x00, 0x19128086, true);
  view.setUint16(0x04, 0x0407, true);
  view.setUint16(0x06, 0x0010, true);
  view.setUint32(0x08, 0x03000006, true);
  view.setUint32(0x10, 0xf6000004, true);
  view.setUint32(0x14, 0x12, true);
  view.setUint32(0x18, 0xe000000c, true);
  view.setUint32(0x20, 0xf001, true);
  view.setUint32(0x2c, 0x06b91028, true);
  view.setUint32(0x30, 0xc0001, true);
  view.setUint8(0x34, 0x90);
  view.setUint32(0x50, 0x000001c1 | 0x0200, true);
  view.setUint32(0x90, 0x0000d005, true);
  view.setUint32(0xd0, 0x00220001, true);
  view.setUint32(0xfc, 0x8a000018, true);
  view.setUint32(0x100, 0x1001001b, true);
  return bytes;
}
