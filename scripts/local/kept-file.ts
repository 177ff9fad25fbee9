import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { z } from "zod";
import { codeOf, StackError } from "./errors";

/**
 * Reads JSON kept in a file, making and keeping it the first time: what is random survives a restart.
 * @throws StackError when the file is there but is not that
 */
export async function keptJson<T>(file: string, schema: z.ZodType<T>, make: () => T): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (codeOf(error) !== "ENOENT") {
      throw new StackError(`${file} cannot be read as it was written: npm run dev -- --reset starts anew.`);
    }
  }
  const made = make();
  await writePrivateJson(file, made);
  return made;
}

/** Writes JSON that only its owner may read; readers see the old file or the new one, never half of it. */
export async function writePrivateJson(file: string, value: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}
