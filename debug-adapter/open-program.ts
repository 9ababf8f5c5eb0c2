import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isSupportedPlatform, registerDirectory } from '../emulator/index.ts';
import { createListing, createLocalSession, deviceConfigFor } from '../timeline/index.ts';
import { AdapterError } from './errors.ts';
import type { LaunchOptions } from './launch-options.ts';
import type { OpeningProgress, Program } from './program.ts';
import { readTraceFile, type TraceFile } from './read-trace-file.ts';
import { MAX_PLAIN_LINES, TraceSources } from './sources/trace-sources.ts';

/** Whose register names a trace is read with where it does not say what it was recorded on. */
const DEFAULT_PLATFORM = 'skl';
