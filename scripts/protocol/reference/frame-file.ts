type Frame = { type: string; [field: string]: unknown };

export interface FrameExample {
  sent: Frame;
  /** Fields that the reply has, among others. */
  reply: Frame | undefined;
}

/** The frames of a file: `> ` before what is sent, `< ` before the reply to it, `#` before remarks. */
export function readFrames(text: string): FrameExample[] {
  const examples: FrameExample[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('> ')) examples.push({ sent: JSON.parse(line.slice(2)), reply: undefined });
    else if (line.startsWith('< '))
      (examples.at(-1) as FrameExample).reply = JSON.parse(line.slice(2));
    else if (line !== '' && !line.startsWith('#')) throw new Error(`This is no frame: ${line}`);
  }
  return examples;
}
