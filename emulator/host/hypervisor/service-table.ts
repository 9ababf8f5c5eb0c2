/** Who does what of the service table (gvt-facts §14.1), in the old trees' names. */
export interface ServiceRow {
  readonly name: string;
  readonly meaning: string;
  readonly xen: string;
  readonly kvm: string;
}

export const SERVICES: readonly ServiceRow[] = [
  {
    name: 'g2m_pfn',
    meaning: 'guest frame → machine frame',
    xen: 'memory hypercall',
    kvm: 'memory slot lookup; the page is pinned',
  },
  {
    name: 'pause_domain',
    meaning: 'stop a guest',
    xen: 'domain control',
    kvm: 'not implemented',
  },
  {
    name: 'shutdown_domain',
    meaning: 'shut a guest down',
    xen: 'remote shutdown (crash)',
    kvm: 'not implemented',
  },
  {
    name: 'map_mfn_to_gpfn',
    meaning: 'map aperture or OpRegion into the guest',
    xen: 'domain memory mapping and I/O permission',
    kvm: 'private memory slot for the aperture, nothing for the OpRegion',
  },
  {
    name: 'set_trap_area',
    meaning: 'intercept BAR0',
    xen: 'I/O request server: register a range',
    kvm: 'register an in-kernel I/O bus device',
  },
  {
    name: 'set_wp_pages',
    meaning: 'write-protect guest pages',
    xen: 'page type "mmio write to device model" and an I/O request range',
    kvm: 'page-track hook, kept in a hash table',
  },
  {
    name: 'check_host',
    meaning: 'is this the host domain',
    xen: 'domain id 0',
    kvm: 'vGPU id 0',
  },
  {
    name: 'inject_msi',
    meaning: 'deliver an MSI',
    xen: 'hypercall',
    kvm: 'user-space MSI delivery',
  },
  {
    name: 'hvm_init',
    meaning: 'set a guest up',
    xen: 'maps guest memory in pieces of 1 MiB and a low part of 4 KiB',
    kvm: 'attaches to the VM found by its domain id',
  },
  {
    name: 'gpa_to_va',
    meaning: 'guest memory access',
    xen: 'through the mapped pieces',
    kvm: 'copy to and from the guest',
  },
  { name: 'pre_migrate', meaning: 'migration', xen: 'yes', kvm: 'not implemented' },
];
