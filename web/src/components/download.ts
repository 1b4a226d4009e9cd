/** Files of the service: asked for with the token, which a plain link would not carry. */
import { authenticatedFetch } from "~/graph/transport/authenticatedFetch";

/** Whether it came. The browser then keeps it under that name. */
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
