/** API Gateway keeps the case that WebSocket clients send header names in. */
export function headerOf(
  headers: Record<string, string | undefined> | null,
  name: string,
): string | undefined {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}
