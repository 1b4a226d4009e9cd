/** The commandIds of commands that have been sent and not answered. */

interface Sent {
  readonly content: string;
  readonly commandId: string;
}

/**
 * A command that is sent again because no answer came keeps its commandId, so that it is recorded
 * once. Other content about the same subject gets a new one.
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

/** JSON would serialise every file as {}. */
function describedFile(_: string, value: unknown): unknown {
  if (!(value instanceof File)) return value;
  return [value.name, value.size, value.lastModified];
}
