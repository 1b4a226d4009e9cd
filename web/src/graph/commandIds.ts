/** The commandIds of what was sent and has not been answered. */

interface Sent {
  readonly content: string;
  readonly commandId: string;
}

/**
 * What is sent again because no answer came keeps its commandId: it is recorded once, however often
 * it is sent. Other content about the same subject gets another one.
 */
export class CommandIds {
  readonly #unanswered = new Map<string, Sent>();

  /** `content` is compared as JSON; files by name, size and time. */
  idFor(subject: string, content: object): string {
    const text = JSON.stringify(content, describedFile);
    const sent = this.#unanswered.get(subject);
    if (sent?.content === text) return sent.commandId;
    const commandId = crypto.randomUUID();
    this.#unanswered.set(subject, { content: text, commandId });
    return commandId;
  }

  answered(subject: string): void {
    this.#unanswered.delete(subject);
  }
}

/** JSON knows nothing of files, and would take all for the same. */
function describedFile(_: string, value: unknown): unknown {
  if (!(value instanceof File)) return value;
  return [value.name, value.size, value.lastModified];
}
