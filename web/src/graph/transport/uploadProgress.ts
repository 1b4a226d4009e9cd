/** A fetch that reports upload progress, by XMLHttpRequest. */

/** Called with the fraction sent, 0 to 1. */
export type Progress = (sent: number) => void;

export function fetchWithProgress(progress: Progress): typeof fetch {
  return (input, init = {}) =>
    new Promise((answer, fail) => {
      const request = new XMLHttpRequest();
      request.open(init.method ?? "GET", String(input));
      for (const [name, value] of new Headers(init.headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
      request.onload = () => answer(answerOf(request));
      request.onerror = () => fail(new TypeError("The request could not be sent."));
      request.onabort = () => fail(new DOMException("Given up.", "AbortError"));
      init.signal?.addEventListener("abort", () => request.abort());
      request.send(init.body as XMLHttpRequestBodyInit);
    });
}

function answerOf(request: XMLHttpRequest): Response {
  const lines = request.getAllResponseHeaders().trim().split(/\r?\n/);
  const headers = new Headers();
  for (const line of lines) {
    const at = line.indexOf(":");
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 1).trim());
  }
  return new Response(request.responseText, { status: request.status, headers });
}
