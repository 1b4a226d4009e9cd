/** Downloads from the service with the access token, which a plain link would not send. */
import { authenticatedFetch } from "~/graph/transport/authenticatedFetch";

/** Saves the file under that name; false when it could not be fetched. */
export async function download(path: string, name: string): Promise<boolean> {
  const answer = await authenticatedFetch(path).catch(() => undefined);
  if (!answer?.ok) return false;
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
  return true;
}
