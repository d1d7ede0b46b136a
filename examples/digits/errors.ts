/** What the person who typed the command can put right: shown as one line, without a stack. */
export class UserError extends Error {
  constructor(
    message: string,
    /** The process's exit status: 2 for the command line itself, 1 for what it names. */
    readonly status: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** The message of whatever was thrown, on one line. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().replace(/\s*\n\s*/g, " ");
}
