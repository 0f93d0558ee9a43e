/** A request of a `.http` file, as editors with a REST client read it. */
export interface HttpRequest {
  line: number;
  /** `@name alice`, or a route: `GET /groups/{groupId}`. */
  title: string;
  status: number;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** As it stands in the file, below its title. */
  text: string;
}

const separator = /^### (.+): (\d{3})$/;

export interface HttpFile {
  variables: Record<string, string>;
  requests: HttpRequest[];
}

/** Throws where a part is no request. */
export function readHttpFile(text: string): HttpFile {
  const lines = text.split('\n');
  const variables = Object.fromEntries(
    lines.flatMap((line) => {
      const [, name = '', value = ''] = /^@(\w+) = (.+)$/.exec(line) ?? [];
      return name ? [[name, value]] : [];
    }),
  );
  const starts = lines.flatMap((line, i) => (line.startsWith('###') ? [i] : []));
  const requests = starts.map((start, i) => readRequest(lines, start, starts[i + 1]));
  return { variables, requests };
}

function readRequest(lines: string[], start: number, end = lines.length): HttpRequest {
  const [, title, status] = separator.exec(lines[start] ?? '') ?? [];
  const [, method, url] = /^([A-Z]+) (\S+)$/.exec(lines[start + 1] ?? '') ?? [];
  if (!title || !method || !url) throw new Error(`Line ${start + 1} begins no request.`);
  const rest = lines.slice(start + 2, end);
  const blank = rest.indexOf('');
  const heads = rest.slice(0, blank < 0 ? rest.length : blank);
  const body = rest.slice(heads.length).join('\n').trim();
  return {
    ...{ line: start + 1, title, status: Number(status), method, url },
    headers: Object.fromEntries(heads.map((head) => head.split(/: (.*)/, 2) as [string, string])),
    body: body === '' ? undefined : body,
    text: lines
      .slice(start + 1, end)
      .join('\n')
      .trim(),
  };
}
