import type { LinkTable } from "./picture_host.ts";
import { robotsTxt } from "./host_rules.ts";
import type { PictureLibrary } from "./picture_library.ts";

/**
 * A host that breaks connections: `reset` closes without an answer, `cut` sends a third of the bytes
 * that it has promised. An HTTP server library would not do that, so this one writes to the socket.
 */
export function serveFlakyHost(
  host: string,
  { links, library, onRequest, onError }: {
    links: LinkTable;
    library: PictureLibrary;
    /** Told of the path of every request. */
    onRequest: (path: string) => void;
    /** Told of what is wrong with the server itself; a visitor who hangs up is not. */
    onError: (error: unknown) => void;
  },
): { address: string } & AsyncDisposable {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const visits = new Set<Promise<void>>();
  const running = (async () => {
    for await (const connection of listener) {
      const visit: Promise<void> = answer(connection, host, { links, library, onRequest })
        .catch((error) => {
          if (!isHangUp(error)) onError(error);
        })
        .finally(() => visits.delete(visit));
      visits.add(visit);
    }
  })();
  const { port } = listener.addr as Deno.NetAddr;
  return {
    address: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      listener.close();
      await running;
      await Promise.all(visits);
    },
  };
}

async function answer(
  connection: Deno.TcpConn,
  host: string,
  { links, library, onRequest }: {
    links: LinkTable;
    library: PictureLibrary;
    onRequest: (path: string) => void;
  },
): Promise<void> {
  using open = connection;
  const path = /^[A-Z]+ (\S+) HTTP/.exec(await readHead(open))?.[1] ?? "";
  onRequest(path);
  if (path === "/robots.txt") {
    await write(open, "200 OK", "text/plain", new TextEncoder().encode(robotsTxt));
    return;
  }
  const link = links.byPath(host, path);
  if (link?.trap === "reset") return;
  const picture = link && library.find(link.picture);
  if (!picture) {
    await write(open, "404 Not Found", "text/html", new TextEncoder().encode("Not found"));
    return;
  }
  const bytes = await library.read(picture);
  await write(open, "200 OK", `image/${picture.format}`, bytes, Math.floor(bytes.length / 3));
}

async function readHead(connection: Deno.TcpConn): Promise<string> {
  const buffer = new Uint8Array(16_384);
  let text = "";
  while (!text.includes("\r\n\r\n") && text.length < 65_536) {
    const count = await connection.read(buffer);
    if (count === null) break;
    text += new TextDecoder().decode(buffer.subarray(0, count));
  }
  return text;
}

/** Sends a promise of all bytes and `sent` of them. */
async function write(
  connection: Deno.TcpConn,
  status: string,
  type: string,
  bytes: Uint8Array,
  sent = bytes.length,
): Promise<void> {
  const head =
    `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${bytes.length}\r\n` +
    "connection: close\r\n\r\n";
  for (const part of [new TextEncoder().encode(head), bytes.subarray(0, sent)]) {
    for (let done = 0; done < part.length;) done += await connection.write(part.subarray(done));
  }
}

function isHangUp(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.Interrupted;
}
