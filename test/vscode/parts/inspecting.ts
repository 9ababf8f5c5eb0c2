import { after, before, describe, it } from 'node:test';
import { Debugging } from '../support/debugging.ts';
import type { Recording } from '../support/recordings.ts';
import { VariablesView } from '../support/variables-view.ts';
import type { Workbench } from '../support/workbench.ts';

/** Where RCS0's reset request is written: RING_RESET_CTL 0 → 1. */
const RESET_REQUEST = 36;
/** Behind the fill of the page table. */
const TABLE_FILLED = 230_625;

/** What can be seen and changed at a stop: the stack, and scope by scope. */
export function inspecting(vscode: () => Workbench, { file, hasStacks }: Recording): void {
  const debug = () => new Debugging(vscode());
  const variables = () => new VariablesView(vscode());

  describe('at a stop', () => {
    before(async () => {
      await debug().begin(file);
      await debug().jump(RESET_REQUEST);
      await variables().settled(RESET_REQUEST);
    });
    after(() => debug().end());

    it("the stack shows the access, and below it the driver's own functions where they are recorded", async () => {
      await debug()
        .frame(/RING_RESET_CTL write/)
        .waitFor();
      if (!hasStacks) return;
      await debug().frame('gen8_reset_engines').waitFor();
      await debug().frame('i915_driver_probe').waitFor();
    });

    it('Access takes the access apart: what it changes, from what to what', async () => {
      await variables().reveal('Access', /^at =RCS0\.RING_RESET_CTL \(mmio 0x20d0\)/);
      await variables().reveal('Access', /^old → new =0x00000000 → 0x00000003/);
      await variables().reveal('Access', /^requestReset =0 → 1/);
    });

    it('Engines has the registers of each, which can be changed', async () => {
      await variables().closeAll();
      const tail = ['Engines', /^RCS0/, /^RING_TAIL =/];
      await variables().set(tail, '0x40', /^RING_TAIL =0x00000040/);
    });

    it('so have their fields, which can be changed alone', async () => {
      const control = ['Engines', /^RCS0/, /^RING_CTL =/];
      await variables().set([...control, /^enable =/], '1', /^enable =.*1/);
      await variables().reveal('Engines', /^RCS0/, /^RING_CTL =0x00000001 enable/);
    });

    it('Registers has them by block, decoded', async () => {
      await variables().closeAll();
      await variables().reveal('Registers', /^GT =/, /^GEN8_FUSE2 =0x02800000 sliceEnable=/);
    });

    it('Interrupts has each group with its registers and events', async () => {
      await variables().closeAll();
      const group = ['Interrupts', /^GT0 \(RCS, BCS\) =IIR 0x00000000, IMR 0xffffffff/];
      await variables().reveal(...group, /^IMR =0xffffffff/);
      await variables().reveal(...group, /^0: .*=/);
    });

    it('PVINFO has what the host tells the guest', async () => {
      await variables().closeAll();
      await variables().reveal('PVINFO', /^VGT_MAGIC\[0\] =0x76544776/);
      await variables().reveal(
        'PVINFO',
        /^VGT_CAPS =0x0000001c hugeGtt hwspEmulation full48BitPpgtt/,
      );
    });

    it('Config has the PCI configuration', async () => {
      await variables().closeAll();
      await variables().reveal('Config', /^DEVICE_ID =0x1912/);
      await variables().reveal('Config', /^COMMAND =0x0107 ioSpace memorySpace busMaster/);
      await variables().reveal('Config', /^GMCH_CONTROL =0x00c0 gttSize=8 MiB/);
    });

    it('GGTT has the entries page by page, with owner and target', async () => {
      await debug().jump(TABLE_FILLED);
      await variables().settled(TABLE_FILLED);
      await variables().closeAll();
      const hundred = ['GGTT', '[0..999999]', '[10000..19999]', '[16300..16399]'];
      await variables().reveal(...hundred, /^\[0x03fff000\] =not present, not owned, 0x0+/);
      const own = /^\[0x04001000\] =→ 0x29cb000 .*own aperture, 0x00000000029cb001/;
      await variables().reveal(...hundred, own);
    });

    it('GGTT walks the address that it is given', async () => {
      await variables().closeAll();
      await variables().set(['GGTT', /^walk =/], '0x4001000', /^walk =0x4001000: /);
      await variables().reveal(
        'GGTT',
        /^walk =0x4001000: /,
        /^1\. GGTT PTE\[16385\] =0x00000000029cb001/,
      );
    });
  });
}
