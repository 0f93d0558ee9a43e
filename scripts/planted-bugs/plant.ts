// Loaded before everything else by each process of the test runner: puts the bug into the code that is loaded.
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { plantedBugs } from './bugs.ts';

const bug = plantedBugs[Number(process.env.SEENBY_PLANTED_BUG)];
if (!bug) throw new Error(`There is no planted bug "${process.env.SEENBY_PLANTED_BUG}".`);
const url = pathToFileURL(resolve(import.meta.dirname, '../..', bug.file)).href;

registerHooks({
  load(loaded, context, nextLoad) {
    const result = nextLoad(loaded, context);
    if (loaded.split('?')[0] !== url) return result;
    const source = String(result.source);
    if (!source.includes(bug.find)) throw new Error(`${bug.file} has not "${bug.find}" any more.`);
    return { ...result, source: source.replace(bug.find, () => bug.replace) };
  },
});
