import { TemplateError } from '../template/template-error.ts';

/** What stands in a deployed file for a value that only the deployment knows. */
export type Markers = readonly (readonly [marker: string, text: string])[];

export interface MarkersConfig {
  jsonEscape?: boolean;
  markerEncodings?: Record<string, string>;
}

/** The text for each marker, encoded as the CDK's deployment encodes it. */
export function encodeMarkers(
  values: Record<string, unknown> = {},
  { jsonEscape = false, markerEncodings = {} }: MarkersConfig = {},
): Markers {
  const usual = jsonEscape ? 'UNQUOTED_JSON_VALUE' : 'LITERAL';
  return Object.entries(values).map(([marker, value]) => [
    marker,
    encode(value, markerEncodings[marker] ?? usual),
  ]);
}

export function replaceMarkers(text: string, markers: Markers): string {
  return markers.reduce((whole, [marker, value]) => whole.replaceAll(marker, () => value), text);
}

function encode(value: unknown, encoding: string): string {
  const json = JSON.stringify(value);
  switch (encoding) {
    case 'LITERAL':
      return String(value);
    case 'UNQUOTED_JSON_VALUE':
      return typeof value === 'string' ? json.slice(1, -1) : json;
    case 'JSON_VALUE':
      return json;
    default:
      throw new TemplateError(`The local cloud does not know the marker encoding ${encoding}.`);
  }
}
