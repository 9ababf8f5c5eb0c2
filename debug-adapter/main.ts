import { createServer, type Socket } from 'node:net';
import { AdapterServer } from './adapter-server.ts';
import { openProgram } from './open-program.ts';

/** Standard output belongs to the protocol: whatever a library prints goes to standard error. */
console.log = console.error;
console.info = console.error;
console.debug = console.error;

const USAGE = 'vgpu-debug: the debug adapter takes no arguments, or --port N (0: any free port).';
/** Work that cannot be broken off does not keep a process alive longer than this after its client has left. */
const GRACE_MS = 2000;

const port = portFrom(process.argv.slice(2));
if (port === 'wrong') {
  console.error(USAGE);
  process.exitCode = 2;
} else if (port === undefined) serveStandardStreams();
else serveSockets(port);

/** One conversation, for whoever started this process. */
function serveStandardStreams(): void {
  const server = new AdapterServer(openProgram);
  server.once('left', () => {
    process.stdin.destroy();
    setTimeout(() => process.exit(), GRACE_MS).unref();
  });
  server.start(process.stdin, process.stdout);
}

/** Any number of conversations, each on a connection of its own; only this machine can reach them. */
function serveSockets(wanted: number): void {
  const listener = createServer((socket: Socket) => {
    const server = new AdapterServer(openProgram);
    server.once('left', () => socket.end());
    server.start(socket, socket);
  });
  listener.on('error', (error) => {
    console.error(`vgpu-debug: cannot listen on port ${wanted}: ${error.message}`);
    process.exitCode = 1;
  });
  listener.listen(wanted, '127.0.0.1', () => {
    const address = listener.address();
    const actual = typeof address === 'object' && address !== null ? address.port : wanted;
    console.error(`vgpu-debug: listening on 127.0.0.1:${actual}`);
  });
}

function portFrom(args: readonly string[]): number | 'wrong' | undefined {
  if (args.length === 0) return undefined;
  const text = args[0]?.startsWith('--port=') ? args[0].slice('--port='.length) : args[1];
  const isPort = args[0] === '--port' || args[0]?.startsWith('--port=') === true;
  if (!isPort || text === undefined || !/^\d{1,5}$/.test(text)) return 'wrong';
  const value = Number(text);
  return value <= 65_535 ? value : 'wrong';
}
