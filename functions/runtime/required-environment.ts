import { environmentNames } from './environment.ts';

/** @throws naming the variable that the deployment forgot. */
export function required(name: keyof typeof environmentNames): string {
  const value = process.env[environmentNames[name]];
  if (!value) throw new Error(`environment variable ${environmentNames[name]} is not set`);
  return value;
}
