/**
 * An id as one segment of a path. Those that URLs take for a step, `.` and `..`, are encoded twice:
 * browsers and programs follow them even where they are written `%2E`.
 */
export const toPathSegment = (id: string): string =>
  id === '.' || id === '..' ? id.replaceAll('.', '%252E') : encodeURIComponent(id);

/** The id of a segment that the gateway has decoded once. No id holds a `%`. */
export function fromPathSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
