import { type Core, fault, hex } from '../core.ts';
import { configValue } from './config-bytes.ts';
import { MSI_CAPABILITY } from './config-rows.ts';
import { msiEnabled, updateInterruptLine } from './intx.ts';

const MSI_CONTROL = MSI_CAPABILITY + 2;

/**
 * What is pending goes to the guest: as the one MSI vector (gvt-facts §1.4), or where the configuration has INTx and
 * MSI is off, as the level of the line. What stops an MSI goes to the listener.
 */
export function signalInterrupt(core: Core): void {
  if (core.config.legacyInterrupt === true && !msiEnabled(core)) updateInterruptLine(core);
  else sendMsi(core);
}

function sendMsi(core: Core): void {
  const control = configValue(core, MSI_CONTROL, 2);
  const why = refusal(control);
  if (why !== undefined) {
    core.listener?.interrupt?.({ kind: 'msi', name: 'MSI', delivered: false, why });
    // Where no configuration access has been recorded, nobody saw whether the guest enabled it.
    if (core.services === undefined && !core.state.config.written) return;
    const evidence = { config: MSI_CONTROL, value: control };
    fault(core, 'msi-refused', () => `MSI was not sent: ${why}`, evidence);
    return;
  }
  // 64-bit addresses are not used: address at +4, data at +8.
  const address = configValue(core, MSI_CAPABILITY + 4, 4);
  const data = configValue(core, MSI_CAPABILITY + 8, 2);
  core.services?.injectMsi(address, data);
  core.listener?.interrupt?.({ kind: 'msi', name: 'MSI', delivered: true, address, data });
}

function refusal(control: number): string | undefined {
  if ((control & 1) === 0) return 'the MSI enable bit is 0';
  if ((control & 0xfffe) !== 0)
    return `MSI control ${hex(control)} asks for more than one plain vector`;
  return undefined;
}
