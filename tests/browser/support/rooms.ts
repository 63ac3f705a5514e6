/** Folders with rooms of one's own, made from the shipped ones. */
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SHIPPED = fileURLToPath(new URL('../../../server/rooms', import.meta.url));

export interface Changes {
  capacity?: number;
  open?: boolean;
}

/** A copy of the shipped rooms in which some have another capacity or are closed; by their id. */
export async function roomsWith(changes: Readonly<Record<string, Changes>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ibasho-rooms-'));
  await cp(SHIPPED, folder, { recursive: true });
  for (const [id, change] of Object.entries(changes)) {
    const file = join(folder, `${id}.toml`);
    let text = await readFile(file, 'utf8');
    for (const [key, value] of Object.entries(change)) {
      const line = new RegExp(`^${key} = .*$`, 'm');
      if (!line.test(text)) throw new Error(`${id}.toml does not say ${key}`);
      text = text.replace(line, `${key} = ${value}`);
    }
    await writeFile(file, text);
  }
  return folder;
}
