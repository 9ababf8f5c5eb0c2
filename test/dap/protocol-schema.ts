import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';

/** The protocol as its own types say it: what every message must look like. */
const TYPES = createRequire(import.meta.url).resolve(
  '@vscode/debugprotocol/lib/debugProtocol.d.ts',
);
const CACHE = path.resolve(import.meta.dirname, '../../.cache/dap-schema');

/** Arguments to which a debugger adds its own attributes. */
const OPEN = /\.(LaunchRequestArguments|AttachRequestArguments|RestartArguments)$/;

export interface ProtocolSchema {
  /** Problems of a message, a line each; none where it is as the protocol wants it. */
  problems(message: unknown): readonly string[];
}

/** Validates messages of both directions against JSON schemas made of the types of `@vscode/debugprotocol`. */
export function protocolSchema(): ProtocolSchema {
  const source = readFileSync(TYPES, 'utf8');
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addSchema(schemaOf(messageTypes(source)), 'dap');
  const validators = new Map<string, ValidateFunction>();
  const validatorOf = (type: string) => {
    const known = validators.get(type) ?? ajv.getSchema(`dap#/definitions/DebugProtocol.${type}`);
    if (known !== undefined) validators.set(type, known);
    return known;
  };
  return {
    problems: (message) => {
      const type = typeOf(message);
      const validate = validatorOf(type);
      if (validate === undefined) return [`the protocol has no ${type}`];
      if (validate(message) === true) return [];
      return (validate.errors ?? []).map(
        ({ instancePath, message: why, params }) =>
          `${type}${instancePath} ${why} ${JSON.stringify(params)}`,
      );
    },
  };
}

/** Names of the interfaces for requests, responses and events. */
function messageTypes(source: string): readonly string[] {
  const found = source.matchAll(/interface (\w+) extends (?:Request|Response|Event)\b/g);
  return [...found].map((match) => match[1] ?? '');
}

/** `StoppedEvent`, `NextRequest`, `NextResponse`, `ErrorResponse`. */
function typeOf(message: unknown): string {
  if (typeof message !== 'object' || message === null) return 'message that is no object';
  const text = (key: string) => String(Reflect.get(message, key));
  const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  switch (text('type')) {
    case 'event':
      return `${capital(text('event'))}Event`;
    case 'response':
      return text('success') === 'true' ? `${capital(text('command'))}Response` : 'ErrorResponse';
    default:
      return `${capital(text('command'))}Request`;
  }
}

/** The generator wants a file that names what is wanted: the protocol's interfaces are not exported one by one. */
function schemaOf(types: readonly string[]): object {
  mkdirSync(CACHE, { recursive: true });
  const file = path.join(CACHE, `messages-${process.pid}.ts`);
  const members = types.map((type) => `  ${type}: DebugProtocol.${type};`);
  writeFileSync(
    file,
    `import type { DebugProtocol } from '${TYPES}';\nexport interface Messages {\n${members.join('\n')}\n}\n`,
  );
  const schema = createGenerator({
    path: file,
    type: 'Messages',
    skipTypeCheck: true,
    additionalProperties: false,
    topRef: false,
    expose: 'all',
  }).createSchema('Messages');
  rmSync(file);
  for (const [name, definition] of Object.entries(schema.definitions ?? {})) {
    if (OPEN.test(name) && typeof definition === 'object') definition.additionalProperties = true;
  }
  return schema;
}
