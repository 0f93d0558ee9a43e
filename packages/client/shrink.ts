import { transform } from '@swc/core';
import { minify } from 'vite';

export interface Script {
  code: string;
  /** Its source map, as JSON. */
  map: string;
}

/** What one minifier leaves, another one makes smaller. */
export async function shrink(script: Script): Promise<Script> {
  return shrinkWithOxc(await shrinkWithSwc(await shrinkWithOxc(script)));
}

async function shrinkWithSwc({ code, map }: Script): Promise<Script> {
  const shrunk = await transform(code, {
    jsc: { target: 'es2022', minify: { compress: { passes: 3 }, mangle: true } },
    isModule: true,
    minify: true,
    sourceMaps: true,
    inputSourceMap: map,
  });
  return { code: shrunk.code, map: shrunk.map ?? '' };
}

async function shrinkWithOxc({ code, map }: Script): Promise<Script> {
  const shrunk = await minify('script.js', code, {
    module: true,
    compress: { target: 'es2022' },
    mangle: { toplevel: true },
    sourcemap: true,
    inputMap: JSON.parse(map),
  });
  if (shrunk.errors.length > 0) throw new Error(shrunk.errors[0]?.message);
  return { code: shrunk.code, map: JSON.stringify(shrunk.map) };
}
