/**
 * Names that register rows use for what a write sets off; `emulator/hooks.ts` gives each its function.
 * A name without a function, or a function without a name, is a wrong table and throws when a vGPU is built.
 */
export type WriteHookName =
  | 'elsp' // gvt-facts §6.3
  | 'ring' // §6: RING_TAIL, RING_CTL without run lists
  | 'mi-mode' // §6.6: stop and start of a ring
  | 'ring-mode' // §2.4: run list before PVINFO → failsafe
  | 'csfe-chicken' // §2.4
  | 'engine-reset-request' // §6.6: RESET_CTL
  | 'gdrst' // §6.6
  | 'interrupt-mask' // §7.3: IMR, ring IMR
  | 'interrupt-enable' // §7.3: IER
  | 'interrupt-identity' // §7.3: IIR, write 1 to clear
  | 'master-interrupt' // §7.3
  | 'power-well' // §8: 0x45400–0x4540c
  | 'dbuf-control' // §8: 0x45008
  | 'lcpll' // §8: 0x46010, 0x46014, 0x46040, 0x46060 → DPLL_STATUS
  | 'pcode-mailbox' // §8
  | 'sbi' // §8: 0xc6000
  | 'panel-power' // §8: 0xc7204
  | 'ddi-buffer' // §8: DDI_BUF_CTL
  | 'dp-transport' // §8: DP_TP_CTL
  | 'pipe-config' // §8, §9: PIPECONF
  | 'pch-transcoder-config' // §8: 0xf0008
  | 'crt' // §8: PCH_ADPA
  | 'fdi-auto-train' // 0xf000c of Broadwell
  | 'plane-surface' // §9: PLANE_SURF → PLANE_SURFLIVE, flip counter, flip done
  | 'fence' // §4.4
  | 'gmbus' // §8
  | 'gpio' // GMBUS pins driven by hand
  | 'aux-control' // §8
  | 'force-wake' // §8: 0xa278, 0xa270, 0xa188
  | 'south-reset-request' // §8: 0xc2004
  | 'gen9-gamw' // §5.2: 0x4080, low nibble 0 or 0xf
  | 'force-to-nonpriv' // §6.2
  | 'mbctl' // §8: 0x907c
  | 'fpga-debug' // §8: 0x42300
  | 'guc-reset' // §8: GUC_STATUS
  | 'guc-dma' // §8
  | 'trtt' // §8
  | 'read-through' // §6.2: host-live
  | 'hws-page'; // §6.2

/** Names that rows use for answers computed at the read. */
export type ReadHookName =
  | 'guc-status' // §8: MIA in reset, cleared by the read
  | 'fence' // §4.4
  | 'gmbus-data'
  | 'gpio'
  | 'frame-counter'
  | 'scan-line'
  | 'ring-timestamp'
  | 'read-through' // §6.2: host-live
  | 'display-constant'; // §8: 0xe651c …
