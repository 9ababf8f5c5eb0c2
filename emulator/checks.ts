/** What the model can find fault with: one row each. Ids appear in reports and breakpoints; titles are sentences. */
export const CHECKS = [
  { id: 'failsafe', title: 'The vGPU entered failsafe mode', source: 'gvt-facts §2.4' },
  {
    id: 'access-size',
    title: 'An access has a size that the device refuses',
    source: 'gvt-facts §2.3',
  },
  {
    id: 'access-alignment',
    title: 'A register was accessed at an odd offset, or across the end of the register file',
    source: 'gvt-facts §2.3',
  },
  {
    id: 'stray-access',
    title: 'An access hit neither registers nor GGTT',
    source: 'gvt-facts §2.3',
  },
  {
    id: 'untracked-register',
    title: 'A register that the model does not know was used',
    source: 'gvt-facts §2.3',
  },
  {
    id: 'read-only-write',
    title: 'A write tried to change read-only bits',
    source: 'gvt-facts §2.3',
  },
  {
    id: 'unimplemented-register',
    title: 'A register was used that is only stored',
    source: 'design',
  },
  { id: 'pvinfo-read', title: 'A read of a reserved PVINFO field', source: 'gvt-facts §3' },
  {
    id: 'pvinfo-write',
    title: 'A write to a read-only PVINFO field was discarded',
    source: 'gvt-facts §3',
  },
  { id: 'g2v-unknown', title: 'An unknown guest-to-host notification', source: 'gvt-facts §3' },
  {
    id: 'fence-out-of-range',
    title: 'A fence that the vGPU does not own was used',
    source: 'gvt-facts §4.4',
  },
  {
    id: 'ggtt-access',
    title: 'A GGTT access of wrong size or alignment',
    source: 'gvt-facts §5.3',
  },
  {
    id: 'ggtt-out-of-range',
    title: 'A GGTT entry outside the own slice was used',
    source: 'gvt-facts §5.3',
  },
  {
    id: 'ggtt-half-entry',
    title: 'One half of a GGTT entry was left unwritten',
    source: 'gvt-facts §5.5',
  },
  {
    id: 'frame-unbacked',
    title: 'A translation entry maps a frame at which the guest has no memory',
    source: 'gvt-facts §5.3, §5.5',
  },
  {
    id: 'aperture-unmapped',
    title: 'An aperture access found no present GGTT entry',
    source: 'gvt-facts §5.5',
  },
  {
    id: 'gamw-partial',
    title: '64K pages were asked for some page walkers only',
    source: 'gvt-facts §5.2',
  },
  {
    id: 'ppgtt-create-failed',
    title: 'A PPGTT that the guest announced or used could not be shadowed',
    source: 'gvt-facts §3, §5.4',
  },
  {
    id: 'ppgtt-unknown-root',
    title: 'A PPGTT was destroyed that the guest had not created',
    source: 'gvt-facts §5.4',
  },
  {
    id: 'ppgtt-pinned',
    title: 'A PPGTT was destroyed while work was using it',
    source: 'gvt-facts §5.5',
  },
  {
    id: 'ppgtt-entry',
    title: 'A page table got an entry that GVT-g refuses',
    source: 'gvt-facts §5.2, §5.5',
  },
  {
    id: 'page-table-reused',
    title: 'A page that is still a page table was used for other data',
    source: 'gvt-facts §5.5',
  },
  {
    id: 'page-table-write-size',
    title: 'A page table was written with a size other than 4 or 8 bytes',
    source: 'gvt-facts §5.4',
  },
  {
    id: 'page-table-leak',
    title: 'A page table is left over: its reference count did not reach 0',
    source: 'gvt-facts §5.5',
  },
  { id: 'elsp-invalid', title: 'An ELSP submission was rejected', source: 'gvt-facts §6.3' },
  {
    id: 'elsp-full',
    title: 'A submission was lost as both slots were taken',
    source: 'gvt-facts §6.5',
  },
  {
    id: 'memory-unknown',
    title: 'An engine needs memory that the recording does not show',
    source: 'design',
  },
  {
    id: 'setup-batch-unknown',
    title: 'A batch that belongs to loading a context is not in the recording and was left out',
    source: 'gvt-facts §6.7',
  },
  {
    id: 'gpu-page-fault',
    title: 'An engine used an address that is not mapped',
    source: 'gvt-facts §5.5',
  },
  {
    id: 'command-refused',
    title: 'GVT-g’s scanner would not let a workload run',
    source: 'gvt-facts §10.3–10.6',
  },
  {
    id: 'command-unknown',
    title: 'An engine came upon something that is no command',
    source: 'gvt-facts §10.1',
  },
  {
    id: 'command-unimplemented',
    title: 'A command was executed that has no effect here',
    source: 'design',
  },
  {
    id: 'command-register',
    title: 'A command used a register behind the end of the register file',
    source: 'gvt-facts §10.5',
  },
  {
    id: 'blit-size',
    title: 'A blit has more pixels than are drawn in one step (2^26)',
    source: 'design',
  },
  {
    id: 'batch-level',
    title: 'A batch was started or ended at a wrong level',
    source: 'gvt-facts §10.2',
  },
  {
    id: 'nonpriv-refused',
    title: 'A register outside the whitelist was asked to be non-privileged',
    source: 'gvt-facts §6.2',
  },
  {
    id: 'hws-page-range',
    title: 'A status page address is outside the own slice',
    source: 'gvt-facts §6.2',
  },
  {
    id: 'host-owned-bit',
    title: 'A write tried to set a bit that belongs to the host',
    source: 'gvt-facts §2.4',
  },
  {
    id: 'trtt-physical',
    title: 'TR-TT was enabled with physical addresses',
    source: 'gvt-facts §8',
  },
  {
    id: 'guc-unsupported',
    title: 'A GuC DMA was started, which a vGPU never finishes',
    source: 'gvt-facts §8',
  },
  {
    id: 'event-masked',
    title: 'An interrupt event was dropped because IMR masks it',
    source: 'gvt-facts §7.3',
  },
  { id: 'msi-refused', title: 'An interrupt could not leave the device', source: 'gvt-facts §1.4' },
  { id: 'config-access', title: 'A configuration access was rejected', source: 'gvt-facts §1.2' },
  { id: 'swsci-smi', title: 'An SMI was asked for through SWSCI', source: 'gvt-facts §1.5' },
  {
    id: 'swsci-refused',
    title: 'A call through SWSCI was answered "not ok"',
    source: 'gvt-facts §1.5',
  },
  {
    id: 'srcu-hazard',
    title: 'A handler changed the bus whose access it was serving',
    source: 'gvt-facts §14.3',
  },
  {
    id: 'aux-no-monitor',
    title: 'An AUX transaction on a port without a monitor',
    source: 'gvt-facts §8',
  },
  {
    id: 'hotplug-unsupported',
    title: 'A monitor was plugged where that is not emulated',
    source: 'gvt-facts §9',
  },
  {
    id: 'flip-lost',
    title: 'A flip event was lost because its pipe is off',
    source: 'gvt-facts §9',
  },
] as const satisfies readonly { id: string; title: string; source: string }[];

export type CheckId = (typeof CHECKS)[number]['id'];
