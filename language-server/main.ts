import { serve } from './server.ts';

// Standard output belongs to the protocol: what packages print goes to standard error.
console.log = console.error;
console.info = console.error;

serve(process.stdin, process.stdout);
