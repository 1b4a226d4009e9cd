import { useEffect, useReducer, useState } from "react";
import { useStore } from "~/graph/store";
import { authenticatedFetch } from "~/graph/transport/authenticatedFetch";
import { connection } from "~/graph/transport/connection";
import { fetchWithProgress } from "~/graph/transport/uploadProgress";
import { useCommand } from "~/graph/useCommand";
import { useUnsaved } from "~/hooks/unsaved";
import type { Kind } from "./kinds";
import type { Report, UploadInput } from "./queries";
import { type Answer, evolve, NOTHING_YET, type Options, type Upload } from "./upload";

export interface Uploading {
  readonly upload: Upload;
  /** The fraction of the file sent, 0 to 1. */
  readonly sent: number;
  readonly choose: (file: File) => void;
  readonly set: (options: Partial<Options>) => void;
  readonly look: () => void;
  /** The reason as typed; it outlives another choice of file or options. */
  readonly reason: string;
  readonly explain: (reason: string) => void;
  readonly record: () => Promise<void>;
  readonly beginAgain: () => void;
}

/** The state of an upload. Each choice of file or options starts a dry run. */
export function useUpload({ document }: Kind): Uploading {
  const [upload, step] = useReducer(evolve, NOTHING_YET);
  const [sent, setSent] = useState(0);
  const [reason, explain] = useState("");
  const dryRun = useCommand(document);
  const commit = useCommand(document);
  const { file, options, doing, seen, problem } = upload;
  const look = () => step({ kind: "look" });
  useUnsaved(reason !== "" && !upload.recorded);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the command is the same all along
  useEffect(() => {
    if (!file || doing !== "looking") return;
    let wanted = true;
    void send(dryRun, { file, ...options, mode: "DRY_RUN" }, setSent).then(
      (answer) => wanted && step({ kind: "looked", answer }),
    );
    return () => {
      wanted = false;
    };
  }, [file, options, doing]);

  useReturn(() => problem?.kind === "failed" && !seen && look());

  async function record(): Promise<void> {
    if (!file) return;
    step({ kind: "record" });
    const planHash = seen?.planHash ?? null;
    const why = reason.trim() || null;
    const input: UploadInput = { file, ...options, mode: "COMMIT", planHash, reason: why };
    step({ kind: "recorded", answer: await send(commit, input, setSent) });
  }

  return {
    upload,
    sent,
    choose: (file) => step({ kind: "chose", file }),
    set: (options) => step({ kind: "set", options }),
    look,
    reason,
    explain,
    record,
    beginAgain: () => {
      explain("");
      step({ kind: "begin-again" });
    },
  };
}

type Send = ReturnType<typeof useCommand<Report, UploadInput>>;

async function send(
  command: Send,
  input: UploadInput,
  progress: (sent: number) => void,
): Promise<Answer> {
  progress(0);
  if (!(await isReadable(input.file))) return "changed";
  const ask: typeof fetch = (url, init) =>
    authenticatedFetch(url, init, fetchWithProgress(progress));
  return command(input, { fetch: ask });
}

/** Browsers refuse to read a file that has changed on disk since it was chosen. */
async function isReadable(file: File): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}

/** Calls back when the service has returned. */
function useReturn(act: () => void): void {
  const { returns } = useStore(connection);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the service came back
  useEffect(() => {
    if (returns > 0) act();
  }, [returns]);
}
