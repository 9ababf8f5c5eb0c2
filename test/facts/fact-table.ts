/** The sections of gvt-facts, its rules, and the test that each of them has. A row each; words of a test's title. */

/** `words` stand in a line of the spec, its title or a row of its table, that quotes the section. */
export type TestedRule = readonly [rule: string, spec: string, words: string];
/** A rule that nothing here could break, or that is not modelled, and why. */
export type UntestedRule = readonly [rule: string, reason: string];

export interface FactSection {
  readonly section: string;
  readonly title: string;
  readonly tested: readonly TestedRule[];
  readonly untested?: readonly UntestedRule[];
}

const CONFIG = 'emulator/pci/config-space.spec.ts';
const CONFIG_ACCESS = 'emulator/pci/config-access.spec.ts';
const DECODE = 'emulator/pci/memory-decode.spec.ts';
const PINS = 'emulator/pci/interrupt-pins.spec.ts';
const OPREGION = 'emulator/pci/opregion.spec.ts';
const ADDRESS_MAP = 'emulator/mmio/address-map.spec.ts';
const ACCESS = 'emulator/mmio/mmio-access.spec.ts';
const SHORT = 'emulator/mmio/short-access.spec.ts';
const TABLES = 'emulator/gen9/tables.spec.ts';
const FAILSAFE = 'emulator/failsafe.spec.ts';
const PVINFO = 'emulator/pvinfo/page.spec.ts';
const SHARES = 'emulator/host/graphics-memory.spec.ts';
const ADMISSION = 'emulator/host/admission.spec.ts';
const FENCES = 'emulator/gtt/fences.spec.ts';
const PARTITION = 'emulator/partition.spec.ts';
const ENTRIES = 'emulator/gtt/entry-formats.spec.ts';
const WALK = 'emulator/gtt/ppgtt-walk.spec.ts';
const GGTT = 'emulator/gtt/ggtt.spec.ts';
const GGTT_ENTRY = 'emulator/gtt/ggtt-entry.spec.ts';
const SHADOW = 'emulator/gtt/shadow/shadow.spec.ts';
const SHADOW_WORK = 'emulator/gtt/shadow/shadow-of-work.spec.ts';
const ENGINE = 'emulator/engine/engine-registers.spec.ts';
const ELSP = 'emulator/engine/elsp.spec.ts';
const CSB = 'emulator/engine/csb.spec.ts';
const EXECLIST = 'emulator/engine/execlist.spec.ts';
const IMAGE = 'emulator/engine/image-layout.spec.ts';
const RING = 'emulator/engine/ring-buffer.spec.ts';
const BREADCRUMBS = 'emulator/engine/breadcrumbs.spec.ts';
const RAISED = 'emulator/interrupt/events.spec.ts';
const GROUPS = 'emulator/interrupt/groups.spec.ts';
const POLLS = 'emulator/power/testing/polled-rows.ts';
const POLLS_SPEC = 'emulator/power/polls.spec.ts';
const GMBUS = 'emulator/display/gmbus.spec.ts';
const PRESET = 'emulator/display/preset.spec.ts';
const AUX = 'emulator/display/aux-channel.spec.ts';
const MONITOR = 'emulator/display/monitor.spec.ts';
const HOTPLUG = 'emulator/display/hotplug.spec.ts';
const VBLANK = 'emulator/display/vblank.spec.ts';
const SCREEN = 'emulator/display/screen/screen.spec.ts';
const FRAMEBUFFER = 'emulator/display/screen/framebuffer.spec.ts';
const FLIP = 'emulator/engine/execute/display.spec.ts';
const RULES = 'emulator/engine/scan/rules.spec.ts';
const RUNNING = 'emulator/engine/scan/running-guest.spec.ts';
const SCAN = 'emulator/engine/scan/scan-workload.spec.ts';
const COMMAND_TABLE = 'emulator/command/command-table.spec.ts';
const FLUSH = 'emulator/engine/execute/flush.spec.ts';
const STORE = 'emulator/engine/execute/store.spec.ts';
const REGISTERS = 'emulator/engine/execute/registers.spec.ts';
const BATCH = 'emulator/engine/execute/batch.spec.ts';
const BLIT = 'emulator/engine/execute/blt/blit.spec.ts';
const FAMILIES = 'emulator/gen8/command-families.spec.ts';
const SCHEDULER = 'emulator/host/scheduler.spec.ts';
const SLICES = 'emulator/host/slices.spec.ts';
const SWITCH = 'emulator/host/render-switch.spec.ts';
const RESET = 'emulator/device-reset.spec.ts';
const MIGRATION = 'emulator/host/migration.spec.ts';
const MOVED = 'emulator/host/migration-state.spec.ts';
const FILES = 'emulator/host/files/host-files.spec.ts';
const EVENTS = 'trace/ftrace/event-texts.spec.ts';
const FTRACE = 'trace/ftrace/ftrace-reader.spec.ts';
const MMIOTRACE = 'trace/mmiotrace/line-forms.spec.ts';
const QEMU = 'trace/qemu/line-forms.spec.ts';
const HYPERVISOR = 'emulator/host/hypervisor/hypervisor.spec.ts';
const FOREGROUND = 'emulator/host/foreground.spec.ts';
const QUIRKS = 'emulator/quirks.spec.ts';

export const FACT_SECTIONS: readonly FactSection[] = [
  {
    section: '1.1',
    title: 'Device ids',
    tested: [
      [
        'ids of each family by GT level',
        'emulator/pci/device-ids.spec.ts',
        'ids say platform and GT level',
      ],
      [
        'VCS1 on GT3 and GT4 only',
        'emulator/pci/device-ids.spec.ts',
        'VCS1 exists on GT3 and GT4 only',
      ],
      ['vendor 0x8086 and the host’s ids', CONFIG, 'shows its vendor, device and revision'],
    ],
    untested: [
      [
        'the guest assumes a PCH (LPT, SPT, CNP)',
        'it is the guest’s; its registers are tested by §7.2, §8 and §9',
      ],
      ['Broxton’s ids', 'no such platform; its device is refused by name'],
    ],
  },
  {
    section: '1.2',
    title: 'BARs and other header fields',
    tested: [
      [
        'COMMAND cleared, BARs, ROM, ASLS, GMS at create',
        CONFIG,
        'after create: COMMAND, BARs, ROM and ASLS are clear',
      ],
      ['COMMAND masks 0xff, 0x07; STATUS 0xf9', CONFIG, 'COMMAND and STATUS by their masks'],
      ['COMMAND in at most 2 bytes', DECODE, 'COMMAND must be written with at most 2 bytes'],
      ['STATUS is write-1-to-clear', CONFIG, 'STATUS bits are cleared by a 1'],
      ['BAR2 has the size of the whole aperture', CONFIG, 'answers a probe with all of'],
      ['only the whole dword is a probe', CONFIG, 'a byte that makes a BAR all ones is no probe'],
      [
        'the high dword of a probe',
        CONFIG,
        'the high dword of a BAR is stored, and answers a probe by itself',
      ],
      ['a probe un-traps the BAR', DECODE, 'a probe un-traps the BAR'],
      ['a BAR is not masked by its size', DECODE, 'a BAR can be parked at a misaligned address'],
      ['ROM mask and enable bit', CONFIG, 'ROM keeps its enable bit'],
      ['cache line and interrupt line', CONFIG, 'takes cache line and interrupt line whole'],
      ['not primary: 0x80', CONFIG_ACCESS, 'a vGPU that is not primary shows 0x80'],
      ['capabilities without a mask', CONFIG, 'capabilities and vendor registers of'],
      ['D3hot is remembered', CONFIG, 'is remembered until the first submission'],
      [
        'D3hot only from the start of PMCSR',
        CONFIG_ACCESS,
        'D3hot is noticed only where the write starts at PMCSR',
      ],
      [
        'BAR, ROM, SWSCI, ASLS at 4 bytes',
        CONFIG_ACCESS,
        'writes of BAR, ROM, SWSCI and ASLS must start at a dword',
      ],
      [
        'more than 4 bytes, behind 4096',
        CONFIG,
        'eight bytes, and what does not end within 4,096, are rejected',
      ],
      [
        'MSI and PM stand where the host has them',
        CONFIG_ACCESS,
        'where MSI and power management stand is the host’s',
      ],
    ],
  },
  {
    section: '1.3',
    title: 'COMMAND register side effects',
    tested: [
      [
        'MEM 0→1 and 1→0',
        DECODE,
        'MEM 0→1 traps BAR0 and maps the aperture slice, 1→0 undoes both',
      ],
      [
        'a BAR rewritten while MEM is on',
        DECODE,
        'a BAR rewritten while MEM is on moves on the same write',
      ],
      [
        'a write that begins before COMMAND',
        CONFIG,
        'a write that reaches COMMAND from before it moves the windows too',
      ],
      ['the window shows the own slice', HYPERVISOR, 'the aperture window shows the own slice'],
    ],
  },
  {
    section: '1.4',
    title: 'MSI',
    tested: [
      ['one vector, address 32 bits', CONFIG, 'has one MSI vector without 64-bit addresses'],
      [
        'cap + 4, cap + 8, bit 0 of cap + 2',
        PINS,
        'address at cap+4, data at cap+8, enable is bit 0 of the word at cap+2',
      ],
      ['other control bits stop it', PINS, 'any other bit of the control word stops the MSI'],
      ['INTx does nothing', PINS, 'without the option there is no INTx'],
      ['delivery by the hypervisor', HYPERVISOR, 'an MSI goes to the guest'],
    ],
  },
  {
    section: '1.5',
    title: 'OpRegion and SWSCI',
    tested: [
      [
        'a real driver takes it',
        'test/guest/opregion.spec.ts',
        'gvt-facts §1.5: i915 with the OpRegion',
      ],
      [
        'signature, 8 KiB, version, mailbox bits',
        OPREGION,
        'signature, size in KiB, version 2.0, and only the VBT mailbox',
      ],
      ['VBT 155 at 0x400, BDB 186', OPREGION, 'VBT version 155 at 0x400, BDB version 186'],
      ['four children of 33 bytes', OPREGION, 'four DisplayPort children of 33 bytes'],
      ['functions 4 and 6', OPREGION, 'function 4 sub 0 and 1 and function 6 sub 0 succeed'],
      ['every other call', OPREGION, 'every other call ends "not ok"'],
      ['the value is not stored', OPREGION, 'the written value is not stored'],
      ['bit 15 clear is an SMI', OPREGION, 'with bit 15 clear it is an SMI'],
    ],
  },
  {
    section: '2.1',
    title: 'Map',
    tested: [
      [
        '2 MiB, GGTT of 1,048,576 entries from 8 MiB',
        ADDRESS_MAP,
        'a register file of 2 MiB, a GGTT of 1,048,576 entries',
      ],
      ['MCHBAR, PVINFO, palettes', ADDRESS_MAP, 'is tracked from'],
      ['DMC from Skylake on', ADDRESS_MAP, 'there is a DMC on Skylake and later only'],
      ['0x200000 to 0x7fffff', ADDRESS_MAP, 'between 0x200000 and 0x7fffff there is nothing'],
    ],
  },
  {
    section: '2.2',
    title: 'How many registers are tracked',
    tested: [
      ['dwords by platform, with VCS1 and without', TABLES, 'cover as many dwords as GVT-g counts'],
      ['flags by number', TABLES, 'flags of Skylake by number'],
      ['six unaligned registers', SHORT, 'the six GPIO registers permit short accesses'],
    ],
    untested: [
      ['F_ACCESSED', 'has no effect that a guest could see'],
      [
        'registers of the host’s default context',
        'which they are is a table of the model’s; behind byte 0x2a8 of the image no source names them',
      ],
      ['Broxton’s count', 'no such platform'],
    ],
  },
  {
    section: '2.3',
    title: 'The access path, in order',
    tested: [
      ['step 2: at most 8 bytes', ACCESS, 'step 2: more than 8 bytes'],
      ['step 3: GGTT accesses', ADDRESS_MAP, 'step 1, 3: GGTT accesses have 4 or 8 bytes'],
      [
        'step 4: stray accesses are guest memory',
        ACCESS,
        'step 4: between registers and GGTT it is guest memory',
      ],
      ['step 4: byte by byte', ADDRESS_MAP, 'step 4: what is stray is written to memory'],
      ['step 5: the end, alignment, F_UNALIGN', ACCESS, 'step 5: a read must be naturally aligned'],
      ['step 5: the end', ACCESS, 'step 5: a read must not cross the 2 MiB end'],
      ['step 5, quirk: writes are not checked', ACCESS, 'writes at odd places are taken'],
      ['step 6: untracked', ACCESS, 'step 6: a register without a row is plain memory'],
      ['step 7: mode masks', ACCESS, 'step 7: of a mode-mask register'],
      ['step 7: what landed in the register', SHORT, 'step 7: mask and value are what landed'],
      ['step 8: read-only masks', ACCESS, 'step 8: a write to a read-only register keeps it'],
      [
        'step 8, quirk: nothing is said',
        ACCESS,
        'of a write to a read-only register nothing is said',
      ],
      ['8 bytes over two registers', ACCESS, 'an 8-byte access to two registers is two accesses'],
    ],
  },
  {
    section: '2.4',
    title: 'Failsafe mode',
    tested: [
      ['triggers and reasons', FAILSAFE, 'reasons by trigger'],
      [
        'fence reads; each engine’s registers',
        FAILSAFE,
        'a read of a fence that is not owned is enough',
      ],
      [
        'RING_MODE bit 2 not on Skylake',
        FAILSAFE,
        'bit 2 of RING_MODE is the host’s on Coffee Lake and Comet Lake only',
      ],
      ['registers are plain memory', FAILSAFE, 'registers are plain memory'],
      ['GGTT writes are virtual only', FAILSAFE, 'GGTT writes change what the guest sees'],
      ['neither region', FAILSAFE, 'accesses to neither region do nothing'],
      [
        'only the full reset leaves',
        FAILSAFE,
        'an engine reset does not leave failsafe, the full reset does',
      ],
      [
        'protection is taken off',
        SHADOW,
        'in failsafe mode protection is taken off at the next write',
      ],
      ['refused commands', SCAN, 'hardware executes what the scanner refuses'],
    ],
    untested: [['RING_MODE bit 2 of Coffee Lake', 'no such platform']],
  },
  {
    section: '3',
    title: 'PVINFO page',
    tested: [
      ['edges, by the byte', PVINFO, 'by the byte, at the edges of what is expected'],
      ['content', PVINFO, 'magic, version, id, capabilities, slice, fences and hot spots'],
      ['expected reads', PVINFO, 'reads of 0x000–0x00f, 0x010, 0x040–0x053 and 0x81c are expected'],
      ['any read is a notification', PVINFO, 'any read tells that the guest knows'],
      ['writes, dword by dword', PVINFO, 'what becomes of a write, dword by dword'],
      ['g2v values', PVINFO, 'reported, stored, and succeeds'],
      ['roots of L3 and L4', PVINFO, 'L3 takes its root from pdp[0..3], L4 from pdp[0] alone'],
      ['display ready', PVINFO, 'each write of display ready is an event'],
      ['rebuilt by resets', PVINFO, 'the page is rebuilt by a reset'],
      ['failures are not reported back', SHADOW, 'a create that fails is said here'],
    ],
  },
  {
    section: '4.1',
    title: 'Terms',
    tested: [
      [
        'aperture and hidden part',
        PARTITION,
        'an address is in the aperture part, in the hidden part, or not owned',
      ],
      [
        '128 MiB, 384 MiB, 4 fences of the host',
        SHARES,
        'the host keeps 128 MiB low, 384 MiB high and 4 fences',
      ],
    ],
  },
  {
    section: '4.2',
    title: 'Types',
    tested: [
      ['sizes, fences, weight, resolution; description', SHARES, 'the four types'],
      ['V4 on Gen8, V5 on Gen9', 'emulator/host/host-platforms.spec.ts', 'has the types of'],
      [
        'offered while low memory is enough',
        SHARES,
        'a type is offered while low memory is enough',
      ],
    ],
  },
  {
    section: '4.3',
    title: 'Allocation order and addresses',
    tested: [
      [
        'the same addresses as the host',
        ADMISSION,
        'the guest sees the same graphics addresses as the host',
      ],
      ['fence n is the n-th of the list', ADMISSION, 'fence n is the n-th host fence'],
      ['given back', SHARES, 'what one gives back the next one can have'],
    ],
  },
  {
    section: '4.4',
    title: 'Fence registers',
    tested: [
      ['8 bytes a fence', FENCES, 'a fence is 8 bytes, read back in halves and whole'],
      ['an index that is not owned', FENCES, 'of an index that is not owned a read answers 0'],
      ['the first 16', FENCES, 'the handlers cover the first 16'],
      ['low = 0, high, low', ADMISSION, 'written low = 0, high, low'],
    ],
  },
  {
    section: '4.5',
    title: 'Ballooning, guest side',
    tested: [
      [
        'three rejections, each at its limit',
        PARTITION,
        'What a guest rejects, and what it takes at its limits',
      ],
      [
        'slices that every guest accepts',
        SHARES,
        'slices never overlap, and guests accept each of them',
      ],
    ],
    untested: [['the order of reserving', 'it is the guest driver’s own bookkeeping']],
  },
  {
    section: '5.1',
    title: 'Entry formats (64-bit)',
    tested: [
      [
        'GGTT: present, ignored bits, 45:12',
        GGTT_ENTRY,
        'bits 11:1 and 63:46 of a GGTT entry map nothing else',
      ],
      ['PPGTT: present, writable', ENTRIES, 'bit 0 is present, bit 1 writable'],
      ['frames of each size', ENTRIES, 'frames: bits 45:12, of 64K 45:16, of 2M 45:21'],
      ['PAT index', ENTRIES, '= PAT*4 + PCD*2 + PWT'],
      ['i915’s encodings', ENTRIES, 'uncached 0x18, cached 0x80, display eLLC 0x10'],
      ['private PAT', ENTRIES, 'the private PAT of'],
      ['index fields', ENTRIES, 'PML4 47:39, PDP 38:30, PDE 29:21, PTE 20:12'],
      ['2M: PAT in bit 12', WALK, 'takes its PAT bit from bit 12'],
      ['3 levels', ENTRIES, 'a 3-level root has its pointers by bits 31:30'],
      ['entry type numbers', ENTRIES, 'entry types by the numbers that traces print'],
    ],
  },
  {
    section: '5.2',
    title: '64K (IPS) and 2M pages',
    tested: [
      [
        '64K needs all of the nibble',
        ENTRIES,
        '1G is never supported; 64K needs all of 0x4080 bits 3:0',
      ],
      ['any other nibble', ENTRIES, 'any other nibble of 0x4080 is refused and not stored'],
      ['PTE 0, 16, 32', ENTRIES, 'only PTE 0, 16, 32 … are looked at'],
      [
        'frames of a large page',
        'emulator/gtt/shadow/large-pages.spec.ts',
        'of a large page every 4 KiB',
      ],
    ],
    untested: [
      [
        'splitting into 16 or 512 entries, PAT from bit 12 to 7',
        'shadow tables are bookkeeping here: entries for hardware are not made',
      ],
      ['one frame as 4K and 2M', 'no mapping is cached'],
    ],
  },
  {
    section: '5.3',
    title: 'GGTT emulation',
    tested: [
      ['outside of the own ranges', GGTT, 'entries of other slices read 0 and take nothing'],
      ['edges of both slices', GGTT_ENTRY, 'both edges of both slices are owned'],
      ['two halves', GGTT, 'two halves, in either order, make an entry'],
      ['a first half', GGTT, 'a first half shows with the other half 0'],
      ['the host’s entry meanwhile', GGTT_ENTRY, 'a first half takes what was mapped away'],
      ['the same half again', GGTT, 'the same half again replaces the waiting one'],
      [
        'frames without memory',
        GGTT_ENTRY,
        'a frame without guest memory maps scratch, present bit kept',
      ],
      ['not present', GGTT_ENTRY, 'a present entry maps its frame, a cleared one nothing'],
      ['8 bytes at 4, quirk', GGTT, 'an 8-byte access at a 4-byte boundary is an error'],
      ['VFIO’s halves, quirk', QUIRKS, '8 bytes are one entry, or by choice two halves'],
      ['reset', GGTT_ENTRY, 'a full reset puts own entries back to scratch'],
      [
        'the context’s entry',
        'emulator/engine/high-addresses.spec.ts',
        'a context whose pages have got another place',
      ],
    ],
    untested: [
      ['GFX_FLSH_CNTL after an entry', 'it flushes hardware; nothing of the model waits for it'],
      ['the host’s resume', 'a host’s suspend is not modelled'],
    ],
  },
  {
    section: '5.4',
    title: 'PPGTT shadowing',
    tested: [
      ['one tree a root', SHADOW, 'one tree for each distinct root, counted'],
      [
        'built and protected',
        SHADOW,
        'create walks the guest tables, and shadows and protects each',
      ],
      ['by the first workload', SHADOW_WORK, 'work that uses an unknown root has it shadowed'],
      ['least recently used', SHADOW, 'the least recently used trees are reclaimed'],
      ['writes of 4 and 8 bytes only', SHADOW, 'only writes of 4 and 8 bytes are accepted'],
      ['post-shadow', SHADOW, '4 bytes wait in the post-shadow list'],
      ['new before old', SHADOW, 'the new sub-tree is added before the old one is released'],
      ['address walks', WALK, 'the walk says where it ends'],
    ],
    untested: [
      ['out-of-sync mode', 'switched off in the newest tree'],
      [
        'scratch tables by level',
        'a GPU access to what is not mapped stops the engine here, with a fault',
      ],
    ],
  },
  {
    section: '5.5',
    title: 'Pitfalls worth a debugger check',
    tested: [
      ['half an entry, and none', GGTT_ENTRY, 'half an entry and none have a check each'],
      [
        'a table used for other data',
        SHADOW,
        'a page that is still a table is used for other data',
      ],
      ['a leaf without memory', SHADOW, 'a leaf without guest memory behind it'],
      [
        'destroyed while pinned',
        SHADOW_WORK,
        'a root is destroyed while a workload still holds a pin',
      ],
      [
        'counts that do not reach 0',
        'emulator/gtt/shadow/leak.spec.ts',
        'tables whose count does not reach 0',
      ],
      ['read before written', GGTT_ENTRY, 'an entry that was never written reads 0'],
    ],
  },
  {
    section: '6.1',
    title: 'Engines',
    tested: [
      [
        'bases, TLB, MOCS, status page, reset bits',
        ENGINE,
        'has its base, TLB register, MOCS table and reset bit',
      ],
      ['L3 MOCS', ENGINE, 'L3 MOCS has 32 dwords from 0xb020'],
      ['ring ids by kernel', EVENTS, 'ring ids of Linux'],
    ],
  },
  {
    section: '6.2',
    title: 'Register offsets relative to the engine base',
    tested: [
      ['every offset', ENGINE, 'every engine has its registers at these offsets'],
      ['ring fields', ENGINE, 'fields of the ring: tail 20:3'],
      ['RESET_CTL', ENGINE, 'RESET_CTL: only bit 0 can be written'],
      ['HWS_PGA', ENGINE, 'HWS_PGA takes 0 and addresses of both slices'],
      [
        'HWS_PGA outside',
        'emulator/engine/engine-hooks.spec.ts',
        'a status page outside the own slice is refused',
      ],
      ['MI_MODE', ENGINE, 'MI_MODE is idle from power-on on'],
      ['EIR, EMR, ESR', ENGINE, 'EIR, EMR and ESR are plain'],
      [
        'status and CSB are read-only',
        ENGINE,
        'EXECLIST_STATUS and the CSB’s 48 bytes are read-only',
      ],
      ['GPR', ENGINE, 'general purpose registers are 16 pairs'],
      ['FORCE_TO_NONPRIV', ENGINE, 'FORCE_TO_NONPRIV names the whitelist or NOPID'],
      ['in exactly 4 bytes', SHORT, 'FORCE_TO_NONPRIV is written in 4 bytes or not at all'],
      ['host-live', SWITCH, 'who does not own an engine sees its own last values'],
    ],
  },
  {
    section: '6.3',
    title: 'ELSP submission',
    tested: [
      ['four dwords', ELSP, 'four dwords, element 1 first and high halves first'],
      ['descriptor 1 may be empty', ELSP, 'element 1 may be empty'],
      ['refusals', ELSP, 'the next submission is in step again'],
      ['an odd number', CSB, 'an odd number of dwords loses step'],
      ['addressing', CSB, 'addressing 1 and 3 are taken, 0 and 2 are refused'],
      ['D3', CSB, 'the first ELSP write clears the D3 flag'],
      ['descriptor bits', CSB, 'a descriptor, bit by bit'],
    ],
  },
  {
    section: '6.4',
    title: 'Status: EXECLIST_STATUS, CSB, CSB pointer',
    tested: [
      ['the second slot', CSB, 'EXECLIST_STATUS of the second slot'],
      [
        'status bits',
        CSB,
        'EXECLIST_STATUS: pointers, queue full, valid, element, arbitration, active',
      ],
      ['next entry; status page', CSB, 'the next entry is 0 after 7'],
      ['read pointer', CSB, 'the guest’s read pointer, bits 10:8'],
    ],
    untested: [
      ['last switch reason (13:5)', 'which reasons are set when is in no source; it stays 0'],
    ],
  },
  {
    section: '6.5',
    title: 'State machine',
    tested: [
      ['idle to active', EXECLIST, 'nothing running: idle to active'],
      ['lite restore', EXECLIST, 'the running context again is a lite restore'],
      ['pending', EXECLIST, 'running, other contexts: the pair waits'],
      ['element switch', EXECLIST, 'context 0 done, context 1 valid: element switch'],
      ['active to idle', EXECLIST, 'the last context done, no pair waiting'],
      ['no slot', EXECLIST, 'a third pair finds no slot'],
    ],
  },
  {
    section: '6.6',
    title: 'Reset handshakes',
    tested: [
      ['GDRST by bit, reads 0', ENGINE, 'alone, and reads 0 however often'],
      [
        'registers below 0x44200',
        ENGINE,
        'a reset of all engines puts registers below 0x44200 back',
      ],
      [
        'MODE_IDLE',
        'emulator/engine/engine-hooks.spec.ts',
        'a stopped ring goes on where the stop bit is cleared',
      ],
      ['RESET_CTL', QUIRKS, 'RESET_CTL reads back without mask bits'],
      ['half a submission', ELSP, 'an engine reset takes half a submission back'],
    ],
  },
  {
    section: '6.7',
    title: 'Context image (RCS, Gen9)',
    tested: [
      [
        'fields by place',
        'emulator/engine/context-image.spec.ts',
        'own fields are loaded, from where they always are',
      ],
      ['command access', IMAGE, 'commands may name every register of the image'],
      ['indirect context', SCAN, 'an indirect context has up to 63 lines'],
      ['every pair', IMAGE, 'every pair is loaded from its place'],
      ['written back', IMAGE, 'what has changed is written back to the same places'],
      ['page 0', IMAGE, 'page 0 is the per-process status page'],
      [
        'restore inhibit',
        'emulator/engine/context-image.spec.ts',
        'with restore inhibit the ring and the page directories are loaded',
      ],
      ['a register of the image', SCAN, '§6.7 a register of the context image'],
    ],
    untested: [
      ['sizes in pages', 'the guest allocates them; what is behind the registers is kept as it is'],
      ['what GVT-g copies and leaves out', 'images are loaded as hardware does'],
    ],
  },
  {
    section: '6.8',
    title: 'Ring buffer content',
    tested: [
      ['size', RING, 'a ring has (RING_CTL bits 20:12 + 1) pages'],
      ['length', RING, '(tail + size - head) mod size'],
      ['empty', RING, 'head = tail is empty'],
    ],
    untested: [
      ['the copy on hardware', 'there is none: what is removed shows in the list of commands'],
    ],
  },
  {
    section: '6.9',
    title: 'HWSP and breadcrumbs (guest side)',
    tested: [
      [
        'a request from start to end, by engine and policy',
        BREADCRUMBS,
        'seqno - 1, the batch, the seqno, then the interrupt',
      ],
      ['no semaphores', BREADCRUMBS, 'a guest does not wait for semaphores between engines'],
    ],
  },
  {
    section: '7.1',
    title: 'Register groups',
    tested: [
      ['halves of GT0', RAISED, 'each half of GT0 has its master bit'],
      ['ISR, IMR, IIR, IER', GROUPS, 'each group is ISR, IMR, IIR, IER from its base'],
      ['GT2', GROUPS, 'GT2 has master bit 4'],
      ['ring-local IMRs', QUIRKS, 'an engine’s own IMR masks its events'],
    ],
  },
  {
    section: '7.2',
    title: 'Events the model can raise',
    tested: [
      ['each event’s bits, by platform', GROUPS, 'of the master`'],
      [
        'each event has a cause',
        'emulator/interrupt/causes.spec.ts',
        'each event has a cause in a vGPU, or a reason why it has none',
      ],
    ],
  },
  {
    section: '7.3',
    title: 'Propagation rules',
    tested: [
      ['rule 5: only bit 31', RAISED, 'the guest changes only bit 31 of the master'],
      ['rule 6: refused', RAISED, 'a refused MSI says why'],
      ['rule 1', RAISED, 'a masked event is dropped, not remembered'],
      ['rule 2: master bit 31', RAISED, 'with the master off, events wait in IIR'],
      ['rule 2', GROUPS, 'rule 2: an event, an IMR write, an IER write and a master write inject'],
      ['rule 3', GROUPS, 'rule 3: an IIR write does not inject'],
      [
        'rule 3: its own group only',
        GROUPS,
        'rule 3: an IIR write recomputes its own group’s bits only',
      ],
      ['rule 4', GROUPS, 'rule 4: an IER write clears stale status, an event does not'],
      ['rule 5', SHORT, 'rule 5: a write of the master’s first byte'],
      ['rule 6', GROUPS, 'rule 6: there is no de-bounce'],
    ],
  },
  {
    section: '8',
    title: 'Forcewake and other handshakes the guest polls',
    tested: [
      ['requesters of power wells', POLLS, 'power well of Broadwell: each of the four requesters'],
      ['forcewake', POLLS, 'force-wake of Broadwell is 0xa188'],
      ['FIFO', POLLS, 'GTFIFOCTL and GTFIFODBG are plain'],
      ['thread and core status', POLLS, 'thread and core status are 0'],
      ['fuse status', POLLS, 'fuse status: download, PG0, PG1 and PG2'],
      ['power wells', POLLS, 'power well: bits 31, 29, 9, 7, 5, 3, 1'],
      ['power wells of Broadwell', POLLS, 'power well of Broadwell: request 31, state 30'],
      ['DBUF', POLLS, 'DBUF: request 31, state 30'],
      ['LCPLL of Broadwell', POLLS, 'LCPLL of Broadwell: 31 disable, 30 lock'],
      ['LCPLL1, 2, DPLL_STATUS', POLLS, 'LCPLL1 and 2: enable 31, lock 30'],
      ['DPLL_CTRL1, 2', POLLS, 'DPLL_CTRL1 is preset for DPLL0 at 1620 MHz'],
      ['cdclk and its like', POLLS, 'CDCLK_CTL, DC_STATE, reset warning and chicken read back'],
      ['mailbox', POLLS, 'the mailbox: ready and the error byte are clear at once'],
      ['mailbox 6', POLLS, 'mailbox 6: memory latency by data 0'],
      ['mailbox 7', POLLS, 'mailbox 7: ready for the change of cdclk'],
      ['mailbox 5', POLLS, 'mailbox 5: RC6 VIDs, data 0 |= 1'],
      ['sideband', POLLS, 'sideband: address 31:16'],
      ['20 entries', POLLS_SPEC, 'the sideband keeps 20 registers'],
      ['panel power', POLLS, 'panel power: control bit 0 gives status bit 31 | 8'],
      ['DDI_BUF_CTL', POLLS, 'DDI_BUF_CTL of each port: enable clears idle (7)'],
      ['DP_TP_STATUS', 'emulator/display/ddi.spec.ts', 'transport results are cleared by ones'],
      ['pipe config', POLLS, 'pipe config of each pipe and of eDP: enable 31, active 30'],
      ['PCH transcoders', POLLS, 'PCH transcoder config: the same rule'],
      ['0xc2004', POLLS, 'south chicken 2: reset request 12, status 13'],
      ['ADPA', POLLS, 'ADPA of Broadwell: force trigger (16) clears itself'],
      ['constants', POLLS, 'audio and FDI status that are constants'],
      ['PSR', POLLS, 'PSR IMR and IIR: any write stores 0'],
      ['FPGA_DBG', POLLS, 'FPGA_DBG: bit 31 clears itself'],
      ['GUC_STATUS', POLLS, 'GUC_STATUS: "MIA in reset" after a GuC reset'],
      ['GuC DMA', POLLS, 'GuC DMA: start is never done'],
      ['CPU_VGACNTRL', POLLS, 'CPU_VGACNTRL keeps what was written'],
      ['MBCTL', POLLS, 'MBCTL: boot fetch (4) is clear after a write'],
      ['TRTT', POLLS, 'TRTT: physical addresses are refused'],
      ['fuses and straps', POLLS_SPEC, 'fuses and straps that a driver reads at boot'],
      ['GMBUS: DP NAKs', PRESET, 'GMBUS: the DP monitor does not answer on any pin'],
      ['GMBUS1: software ready', GMBUS, 'software ready is never read back'],
      ['GMBUS3', GMBUS, 'any part of a segment is read, byte for byte'],
      ['AUX: stored 0', PRESET, 'a control without bit 31 is 0 afterwards'],
      ['AUX: native write', AUX, 'what is written to DPCD is read back, up to 16 bytes at a time'],
      [
        'AUX: beyond the table',
        AUX,
        'beyond the table a write is not acknowledged and a read gives zeros',
      ],
      ['AUX: I2C', PRESET, 'address 0x50 selects EDID, 0 and a stop let it go'],
      ['AUX: one byte of EDID', AUX, 'EDID is read over AUX byte by byte'],
      ['AUX: interrupt', AUX, 'a finished message interrupts if that was asked for'],
      ['DPCD', AUX, 'a DisplayPort monitor tells its revision, rate and lanes'],
      ['link training', PRESET, 'pattern 1 recovers clocks, 2 equalises'],
      ['NAK byte, quirk', 'emulator/display/dp-link.spec.ts', 'in the byte that drivers look at'],
    ],
    untested: [
      [
        'GTT FIFO debug bits, FDI training',
        'named as unimplemented, or plain; no rule in the text',
      ],
    ],
  },
  {
    section: '9',
    title: 'Display',
    tested: [
      [
        'link rates',
        'emulator/display/link-rates.spec.ts',
        'the link rate is that of the port’s own DPLL',
      ],
      [
        'the port of each platform',
        'emulator/display/edid/edid.spec.ts',
        'on port D of Skylake and Kaby Lake, on port B of Broadwell',
      ],
      [
        'presets of Skylake',
        PRESET,
        'display registers at power-on and after a full reset, Skylake with port D',
      ],
      ['presets of Broadwell', PRESET, 'Broadwell: port B, SDEISR bit 21, SFUSE bit 2'],
      ['other ports', MONITOR, 'another port has its own bits'],
      [
        'port C of Broxton, quirk',
        QUIRKS,
        'the transcoder names the monitor’s port, or by choice B for C',
      ],
      [
        'refresh rate',
        VBLANK,
        'the refresh rate of a DisplayPort mode follows from the link and the totals',
      ],
      ['totals of 0', VBLANK, 'whatever the timing registers hold'],
      [
        'ticks, frame counters',
        VBLANK,
        'a pipe is active as soon as it is enabled, and counts frames',
      ],
      ['flips', VBLANK, 'a flip shows its surface at once and is done with the next vblank'],
      ['flips of pipes that are off', VBLANK, 'the flip of a pipe that is off is lost'],
      ['async flips', VBLANK, 'an asynchronous flip is done at once'],
      ['older flip registers', VBLANK, 'flips through the older registers do the same'],
      ['flip event numbers', VBLANK, 'each flip register has its pipe and plane'],
      ['EDIDs', 'emulator/display/edid/edid.spec.ts', 'two built-in EDIDs of 128 bytes'],
      [
        'hotplug: SDEISR, SFUSE',
        HOTPLUG,
        'SDEISR bit 23 and SFUSE bit 0 follow the connected state',
      ],
      ['hotplug: SDEIIR without IMR', HOTPLUG, 'SDEIIR bit 23 is set without looking at IMR'],
      ['framebuffer size', FRAMEBUFFER, 'its size is the stride in bytes times the height'],
      ['framebuffer range', FRAMEBUFFER, 'it must be inside of the vGPU’s range'],
      ['stride units', SCREEN, 'stride units:'],
      ['cursor modes', SCREEN, 'cursor modes of 128 and 256 ARGB'],
      ['cursor positions', SCREEN, 'with negative positions'],
      ['formats', 'emulator/display/screen/pixel-format.spec.ts', 'value.toString(16)'],
    ],
    untested: [['Broxton’s ports, its hotplug', 'no such platform']],
  },
  {
    section: '10.1',
    title: 'Decoding',
    tested: [
      ['types by engine', COMMAND_TABLE, 'each engine knows its own commands only'],
      ['unknown opcodes', SCAN, '§10.1 no command'],
      ['lengths that must match', SCAN, '§10.1 a length that must match'],
      ['an address is one operand', 'emulator/gen8/commands.spec.ts', 'are 225'],
    ],
  },
  {
    section: '10.2',
    title: 'Levels',
    tested: [
      [
        'privileged batches only',
        SCAN,
        'privileged batches are scanned, chained ones too, user batches are not',
      ],
      [
        'scan_nonprivbb',
        RUNNING,
        'user batches are scanned on the engines for which scan_nonprivbb is set',
      ],
      ['second levels', RULES, 'a second level may be called from a first-level batch only'],
      ['chains end a buffer', RULES, 'a chain ends its buffer'],
      ['address bits', RULES, 'of a start’s address bits 31:2 and 15:0'],
      ['a scan ends', SCAN, 'a scan ends, however long'],
      ['execution: chains, second levels', BATCH, 'a second-level batch comes back'],
    ],
  },
  {
    section: '10.3',
    title: 'MI commands',
    tested: [
      [
        'rejected in every form',
        RULES,
        'what is rejected in every form is so on every engine that has it',
      ],
      ['in no table', RULES, 'MI_LOAD_SCAN_LINES_EXCL is in no table'],
      ['lengths by operands', RULES, '§10.3 STORE_DATA_IMM of 5 with bit 21'],
      [
        'user interrupts at completion',
        'emulator/engine/command-events.spec.ts',
        'GVT-g raises a user interrupt when the workload is done',
      ],
      [
        'MI_ATOMIC',
        'emulator/engine/execute/atomic.spec.ts',
        'MI_ATOMIC of 3 dwords has its operands in R0 and R2',
      ],
      [
        'MI_SEMAPHORE_WAIT’s format',
        'emulator/engine/execute/semaphore.spec.ts',
        'MI_SEMAPHORE_WAIT: memory',
      ],
      ['lengths by masks', COMMAND_TABLE, 'lengths: fixed, and by masks of several widths'],
    ],
    untested: [['MI_REPORT_PERF_COUNT', 'nothing counts: it is named as without effect']],
  },
  {
    section: '10.4',
    title: 'Dword layouts the emulator must understand',
    tested: [
      ['MI_DISPLAY_FLIP: fields', FLIP, 'the tile mode is in bits 2:0, the stride in bits 15:6'],
      ['layouts', 'emulator/command/decode.spec.ts', '§10.4 layouts'],
      ['MI_STORE_DATA_IMM', STORE, 'MI_STORE_DATA_IMM with bit 21 writes a qword'],
      ['MI_LOAD_REGISTER_IMM', REGISTERS, 'MI_LOAD_REGISTER_IMM loads each of its pairs'],
      ['SRM and LRM: which registers', RULES, '§10.4 SRM: 0x20c0 on Broadwell'],
      ['LRR', RULES, '§10.4 LRR: with another as source'],
      ['MI_FLUSH_DW', FLUSH, 'MI_FLUSH_DW: index mode, PPGTT, timestamp'],
      ['MI_FLUSH_DW of 5, quirk', SCAN, 'MI_FLUSH_DW of 5 dwords is not audited'],
      ['PIPE_CONTROL', FLUSH, 'PIPE_CONTROL: post-sync 2 writes PS_DEPTH_COUNT'],
      ['MI_DISPLAY_FLIP', FLIP, 'every plane of Skylake is known'],
      ['MI_DISPLAY_FLIP of Broadwell', FLIP, 'on Broadwell the plane is in bits 21:19'],
      ['MI_DISPLAY_FLIP, quirks', FLIP, 'or by choice plane 1 of pipe A alone'],
      ['XY_COLOR_BLT', BLIT, 'XY_COLOR_BLT fills'],
      ['alpha and colours', BLIT, 'bits 21 and 20 write alpha and colours by themselves'],
      [
        'raster operations',
        'emulator/engine/execute/blt/raster-operation.spec.ts',
        '0xcc is source copy, 0xf0 the pattern',
      ],
    ],
  },
  {
    section: '10.5',
    title: 'Register access from commands',
    tested: [
      ['error classes', RULES, '"not permitted" fails the submission only'],
      ['1: the end', RULES, '§10.5 1: offset > 2 MiB - 4'],
      ['2: DERRMR and FORCEWAKE_MT', RULES, 'an LRI of DERRMR or FORCEWAKE_MT is discarded'],
      ['3: page directories', RULES, '§10.5 3: page directories of the engine'],
      ['4: MOCS', RULES, '§10.5 4: MOCS'],
      ['command access', SCAN, '§10.5 a register that commands cannot access'],
      ['Broadwell’s limit', RULES, '§10.5 BDW: bits 22:18 of LRI on BCS'],
    ],
    untested: [
      [
        '3: the shadow root in the command, 5 and 6: patched buffers',
        'there is no shadow buffer: the guest sees its own values',
      ],
    ],
  },
  {
    section: '10.6',
    title: 'Address audit',
    tested: [
      ['slices, 36 MiB, index', RULES, 'address and size within one slice; at most 36 MiB'],
      ['sizes', RULES, 'MI_ATOMIC has 4·2^(bits 20:19) bytes'],
    ],
  },
  {
    section: '10.7',
    title: 'Other command families',
    tested: [
      ['how many of each, on which engine, how long', FAMILIES, ' commands of $'],
      ['addresses', FAMILIES, 'addresses stand where GVT-g’s table or the manual has them'],
      ['not audited', FAMILIES, 'its addresses are not audited'],
      ['225 in all', FAMILIES, 'they are the 225 that the scanner knows'],
    ],
  },
  {
    section: '11',
    title: 'Scheduling',
    tested: [
      ['only when nothing is in flight', SCHEDULER, 'owners change only when nothing is in flight'],
      ['1 ms, 100 ms, 2 s', SCHEDULER, 'a 1 ms timer, 100 ms shared by weight, priority of 2 s'],
      ['slices by weight', SCHEDULER, 'slice = 100 ms / sum of weights × own weight'],
      ['debts', SCHEDULER, 'every tenth balance forgets debts'],
      ['new vGPUs', SCHEDULER, 'a new vGPU goes before the others for 2 s'],
      ['the list of Gen9', SWITCH, 'the list of Gen9, in table order'],
      [
        'the list of Gen8',
        SWITCH,
        'Gen8 has the render list up to 0x83a4 and the five of the blitter',
      ],
      ['mask halves, context image, MOCS', SWITCH, 'saved without mask half, loaded with it'],
      ['the others wait', SLICES, 'what has not begun waits for the next slice'],
    ],
  },
  {
    section: '12.1',
    title: 'Create',
    tested: [
      ['ids 1 to 7', ADMISSION, 'ids are 1 to 7, the lowest free one first'],
      ['order, unwinding', ADMISSION, 'the order of making, and how a failure unwinds'],
      ['which memory ran out', SHARES, 'the error says which memory ran out'],
      [
        'registers from the golden state',
        'emulator/golden-state.spec.ts',
        'reads every register that is tracked and not settled as its host had it',
      ],
    ],
  },
  {
    section: '12.2',
    title: 'Attach/activate',
    tested: [
      ['one vGPU a VM', HYPERVISOR, 'a VM has one vGPU'],
      ['domain 0 is the host', ADMISSION, 'one vGPU a VM, and domain 0 is the host'],
      [
        'the scheduler starts when it is attached',
        SLICES,
        'a vGPU that is not attached is not scheduled',
      ],
    ],
  },
  {
    section: '12.3',
    title: 'Reset kinds',
    tested: [
      ['per engine', RESET, 'per engine: of the 2 MiB of registers only those change'],
      ['all engines', RESET, 'all engines: exactly 0 to 0x441ff is golden again'],
      ['all engines: trees', RESET, 'all engines: page-table trees are invalidated, not destroyed'],
      ['full', RESET, 'full: all 2 MiB are as at power-on'],
      [
        'full: the rest',
        RESET,
        'full: all 2 MiB, GGTT, fences, configuration space, failsafe, pv_notified',
      ],
      ['after D3', RESET, 'full after D3: page tables and pv_notified survive, once'],
      ['display', RESET, 'full: the display is preset as at power-on'],
      ['S0ix', CONFIG_ACCESS, 'the first ELSP write clears the D3 flag'],
    ],
  },
  {
    section: '12.4',
    title: 'Destroy',
    tested: [
      ['order', ADMISSION, 'the order of unmaking'],
      ['the timer', ADMISSION, 'with the last vGPU the scheduling timer stops'],
      ['what goes back', ADMISSION, 'what a vGPU had goes back'],
    ],
  },
  {
    section: '12.5',
    title: 'Live migration',
    tested: [
      ['regions in order', MIGRATION, 'the regions and their order'],
      ['header', MIGRATION, 'the header says version 0 and the size of the data'],
      ['trees, work, execlists', MIGRATION, 'page tables go as root type and four pointers'],
      ['9 MiB', MIGRATION, 'an image has at most 9 MiB'],
      ['it goes on elsewhere', MOVED, 'at any moment of what a guest may do'],
      [
        'golden state files',
        'trace/snapshot/dumps.spec.ts',
        'golden state: configuration space and registers',
      ],
      [
        'their checksum',
        'trace/snapshot/dumps.spec.ts',
        'golden state: what was changed or cut off is said',
      ],
    ],
    untested: [['aperture at offset 0', 'a proposal; hosts of equal layout are asked for instead']],
  },
  {
    section: '12.6',
    title: 'Debugfs useful to a debugger',
    tested: [
      ['files', FILES, '§12.6: debugfs'],
      ['mmio_diff is written', 'emulator/host/host-snapshot.spec.ts', '§12.6: mmio_diff'],
      [
        'mmio_diff is read',
        'trace/snapshot/dumps.spec.ts',
        'mmio_diff: bits that are not the difference',
      ],
    ],
  },
  {
    section: '13.1',
    title: 'GVT-g tracepoints',
    tested: [
      ['every event’s text', EVENTS, "['§13.1', GVT]"],
      ['pointers', EVENTS, 'a note keeps the event’s text, pointers as they are printed'],
      ['changed is a boolean', QUIRKS, 'write_ir says which bits changed'],
      ['the ring of gma_translate', QUIRKS, 'a translation names its engine'],
      [
        'each event of a real run',
        'test/recordings/gvt.spec.ts',
        'what GVT-g traced of itself is what the model does',
      ],
    ],
  },
  {
    section: '13.2',
    title: 'Old tree (vgt)',
    tested: [['every event’s text', EVENTS, "['§13.2', VGT]"]],
  },
  { section: '13.3', title: 'i915', tested: [['every event’s text', EVENTS, "['§13.3', GUEST]"]] },
  {
    section: '13.4',
    title: 'kvm_mmio',
    tested: [
      ['its text', EVENTS, "['§13.4', KVM]"],
      [
        'unsatisfied reads',
        FTRACE,
        'an unsatisfied read is answered by a read of its address and size',
      ],
      ['BAR0’s base', FTRACE, 'where the registers are is asked for'],
    ],
  },
  {
    section: '13.5',
    title: 'mmiotrace',
    tested: [['every line', MMIOTRACE, 'every line of mmiotrace is read']],
  },
  {
    section: '13.6',
    title: 'QEMU log trace backend',
    tested: [
      ['vfio_region', QEMU, 'vfio_region_read and _write, with and without time'],
      ['memory_region_ops', QEMU, 'memory_region_ops_read and _write'],
    ],
  },
  {
    section: '13.7',
    title: 'Common problems for an importer',
    tested: [
      ['sizes and alignment', SHORT, 'a plain register is its bytes'],
      ['in traces', MMIOTRACE, 'accesses of any size at any place'],
      ['several vGPUs', FTRACE, 'of several vGPUs one is taken'],
    ],
    untested: [['posting reads, time bases', 'advice, without a rule that could be broken']],
  },
  {
    section: '14.1',
    title: 'Service table',
    tested: [
      ['set_trap_area', HYPERVISOR, 'BAR0 is trapped once the guest has turned memory decode on'],
      [
        'set_wp_pages',
        HYPERVISOR,
        'page tables are write-protected, and writes into them are seen',
      ],
      ['pause and shutdown of KVM; OpRegion', HYPERVISOR, 'pause and shutdown are not implemented'],
      ['requests of Xen', HYPERVISOR, 'each access of the device model is a request'],
      ['OpRegion of Xen', HYPERVISOR, 'the OpRegion is mapped into the guest'],
      ['memory in pieces of 1 MiB', HYPERVISOR, 'memory is mapped in pieces of 1 MiB'],
      ['the table itself', HYPERVISOR, 'the table names what each side does'],
    ],
    untested: [
      [
        'VFIO’s region offsets, interrupt indexes',
        'no file of VFIO’s is offered; its logs are read (§13.6)',
      ],
    ],
  },
  {
    section: '14.2',
    title: 'Old KVMGT (in-kernel device model)',
    tested: [
      ['domids', HYPERVISOR, 'domain 0 is the host, guests count from 1'],
      ['the aperture stays', HYPERVISOR, 'unmapping the aperture is a no-op'],
    ],
  },
  {
    section: '14.3',
    title: 'The SRCU hazard',
    tested: [
      [
        'queued',
        HYPERVISOR,
        'windows that a handler changes are installed when the access has returned',
      ],
      [
        'at once: the hazard',
        HYPERVISOR,
        'registering at once, from within an access of the same bus',
      ],
      ['outside of an access', HYPERVISOR, 'outside of an access nothing has to wait'],
    ],
  },
  {
    section: '14.4',
    title: 'Old sysfs controls',
    tested: [
      ['registers of the display switch', FOREGROUND, 'registers of the switch on'],
      ['create_vgt_instance', FILES, 'create_vgt_instance takes id'],
      ['available_resource', FILES, 'available_resource says what is free'],
      ['foreground_vm', FOREGROUND, 'error codes of foreground_vm'],
      ['virtual_event', FILES, 'virtual_event raises a context switch event'],
      ['ctx_switch', FILES, 'without ctx_switch no vGPU is given the engines'],
      ['without effect', FILES, 'what has no effect says so'],
      ['ports', FILES, 'the ports of a vGPU say what is there'],
      ['display switch', FOREGROUND, 'the switch comes with the next vblank'],
      ['engines idle', FOREGROUND, 'render engine and blitter are to be idle'],
    ],
  },
];
