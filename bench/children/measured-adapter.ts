import { writeFileSync } from 'node:fs';

// The packaged debug adapter, which leaves behind how much memory it had at most: bytes, in the file that PEAK names.
const file = process.env['PEAK'] ?? '';
process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS * 1024)));
// Who measures does not wait for it to end by itself.
process.on('SIGTERM', () => process.exit(0));
await import(new URL('../../dist/debug-adapter.js', import.meta.url).href);
