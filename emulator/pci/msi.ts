import { type Core, fault, hex } from '../core.ts';
import { msiCapability } from './capabilities.ts';
import { configValue } from './config-bytes.ts';
import { msiEnabled, updateInterruptLine } from './intx.ts';

/**
 * What is pending goes to the guest: as the one MSI vector (gvt-facts §1.4), or where the configuration has INTx and
 * MSI is off, as the level of the line. What stops an MSI goes to the listener.
 */
export function signalInterrupt(core: Core): void {
  if (core.config.legacyInterrupt === true && !msiEnabled(core)) updateInterruptLine(core);
  else sendMsi(core);
}

function sendMsi(core: Core): void {
  const capability = msiCapability(core.config);
  const control = configValue(core, capability + 2, 2);
  const why = refusal(control);
  if (why !== undefined) {
    core.listener?.interrupt?.({ kind: 'msi', name: 'MSI', delivered: false, why });
    // Where no configuration access has been recorded, nobody saw whether the guest enabled it.
    if (core.services === undefined && !core.state.config.written) return;
    const evidence = { config: capability + 2, value: control };
    fault(core, 'msi-refused', () => `MSI was not sent: ${why}`, evidence);
    return;
  }
  // 64-bit addresses are not used: address at +4, data at +8.
  const address = configValue(core, capability + 4, 4);
  const data = configValue(core, capability + 8, 2);
  core.services?.injectMsi(address, data);
  core.listener?.interrupt?.({ kind: 'msi', name: 'MSI', delivered: true, address, data });
}

function refusal(control: number): string | undefined {
  if ((control & 1) === 0) return 'the MSI enable bit is 0';
  if ((control & 0xfffe) !== 0)
    return `MSI control ${hex(control)} asks for more than one plain vector`;
  return undefined;
}
