import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { GuestError } from './guest-error.ts';

/** Files that a guest is started from. */
export interface GuestImages {
  readonly bios: ArrayBuffer;
  readonly vgaBios: ArrayBuffer;
  readonly kernel: ArrayBuffer;
  readonly initrd: ArrayBuffer;
  /** For people: which kernel this is. */
  readonly name: string;
}

export interface ImageChoice {
  /** Where `npm run guest:fetch` put its images. */
  readonly folder: string;
  /** A kernel of that folder: `stock`, `other` … */
  readonly fetched?: string;
  /** Or files of one's own. */
  readonly kernel?: string;
  readonly initrd?: string;
  /** Adds kmscube and Mesa to the file system. */
  readonly mesa?: boolean;
}

/** @throws GuestError where a file is missing */
export async function readImages(choice: ImageChoice): Promise<GuestImages> {
  const { folder, fetched = 'stock' } = choice;
  const inFolder = (name: string) => path.join(folder, name);
  const kernel = choice.kernel ?? inFolder(`${fetched}.kernel`);
  const initrd = choice.initrd ?? inFolder(`${fetched}.initrd`);
  return {
    bios: await contentOf(inFolder('bios.bin')),
    vgaBios: await contentOf(inFolder('vgabios.bin')),
    kernel: await contentOf(kernel),
    initrd: await joined(choice.mesa ? [initrd, inFolder('mesa.initrd')] : [initrd]),
    name:
      choice.kernel === undefined
        ? await releaseOf(fetched, inFolder('images.json'))
        : path.basename(kernel),
  };
}

/** Linux's own name of a fetched kernel, as the list of images has it: 6.1.0-50-686. */
async function releaseOf(kernel: string, list: string): Promise<string> {
  const text = new TextDecoder().decode(await contentOf(list));
  const { kernels }: { readonly kernels?: Readonly<Record<string, { readonly release: string }>> } =
    JSON.parse(text);
  return kernels?.[kernel]?.release ?? kernel;
}

/** Linux takes archives that lie one behind another. */
async function joined(files: readonly string[]): Promise<ArrayBuffer> {
  const parts = await Promise.all(files.map(contentOf));
  return await new Blob(parts).arrayBuffer();
}

async function contentOf(file: string): Promise<ArrayBuffer> {
  try {
    return new Uint8Array(await readFile(file)).buffer;
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new GuestError(
      `The guest needs ${file}, which cannot be read (${why}). Run npm run guest:fetch, or name files of your own.`,
    );
  }
}
