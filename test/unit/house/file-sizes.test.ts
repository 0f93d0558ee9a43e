import { basename, dirname } from 'node:path';
import { expect, it } from 'vitest';
import { codeFiles } from './code-files.ts';

const maxMedianLines = 80;
const maxLines = 300;
const maxFilesPerFolder = 15;

const files = codeFiles();
const linesOf = (text: string): number => text.split('\n').length - 1;

it('half of the files have 80 lines or fewer', () => {
  const lines = files.map(({ text }) => linesOf(text)).sort((one, other) => one - other);
  expect(lines.length).toBeGreaterThan(500);
  expect(lines[lines.length >> 1]).toBeLessThanOrEqual(maxMedianLines);
});

it('no file has more than 300 lines', () => {
  const tooLong = files.filter(({ text }) => linesOf(text) > maxLines);
  expect(tooLong.map(({ path, text }) => `${path}: ${linesOf(text)}`)).toEqual([]);
});

it('no folder holds more than 15 files', () => {
  const folders = Map.groupBy(files, ({ path }) => dirname(path));
  const tooFull = [...folders].filter(([, inside]) => inside.length > maxFilesPerFolder);
  expect(tooFull.map(([folder, inside]) => `${folder}: ${inside.length}`)).toEqual([]);
});

it('functions/ itself holds handlers and their wiring, and nothing else', () => {
  const atRoot = files.filter(({ path }) => dirname(path) === 'functions');
  const others = atRoot.filter(
    ({ text }) => !/^export (?:async function|function|const) handler\b/m.test(text),
  );
  expect(others.map(({ path }) => basename(path))).toEqual(['wiring.ts']);
});
