import { type Core, fault, hex } from '../core.ts';
import { MSI_CAPABILITY } from './config-rows.ts';

/** Tries to send the one MSI vector (gvt-facts §1.4); what stops it goes to the listener. */
export function sendMsi(core: Core): void {
  const { bytes } = core.state.config;
  const word = (at: number) => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  const control = word(MSI_CAPABILITY + 2);
  const address = (word(MSI_CAPABILITY + 4) | (word(MSI_CAPABILITY + 6) << 16)) >>> 0;
  const data = word(MSI_CAPABILITY + 8);
  const why = refusal(control);
  if (why !== undefined) {
    core.listener?.interrupt?.({ kind: 'msi', name: 'MSI', delivered: false, why });
    fault(core, 'msi-refused', () => `MSI was not sent: ${why}`, MSI_CAPABILITY + 2);
    return;
  }
  core.listener?.interrupt?.({ kind: 'msi', name: 'MSI', delivered: true, address, data });
}

function refusal(control: number): string | undefined {
  if ((control & 1) === 0) return 'the MSI enable bit is 0';
  if ((control & 0xfffe) !== 0)
    return `MSI control ${hex(control)} asks for more than one plain vector`;
  return undefined;
}
