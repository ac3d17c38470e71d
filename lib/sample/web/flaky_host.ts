import { resolve } from "node:path";
import { flakyHost } from "../plan_links.ts";
import type { World } from "../world.ts";

/** A host that breaks connections. */
export interface FlakyHost extends Disposable {
  readonly port: number;
}

/**
 * The host of the traps `reset` and `cut`, below HTTP, because an HTTP server cannot misbehave like
 * that: it resets the connection in place of an answer, or promises a whole file, sends half of it
 * and hangs up. Its robots.txt is a proper 404, so that a polite visitor gets that far.
 */
export function serveFlakyHost(
  world: World,
  onRequest: (request: { path: string; userAgent: string | null; status: number }) => void,
): FlakyHost {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const cut = new Map(
    world.plan.links
      .filter(({ host, trap }) => host === flakyHost && trap === "cut")
      .map(({ path, picture }) => [path, world.truth.find(({ id }) => id === picture)]),
  );

  const answer = async (connection: Deno.Conn) => {
    const request = await readRequest(connection);
    const path = /^GET (\S+)/.exec(request)?.[1] ?? "";
    const userAgent = /^user-agent: *(.*)$/im.exec(request)?.[1]?.trim() ?? null;
    const picture = cut.get(path);
    const status = path === "/robots.txt" ? 404 : picture ? 200 : 0;
    onRequest({ path, userAgent, status });
    if (status === 404) {
      await write(
        connection,
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
      );
    } else if (picture) {
      const bytes = await Deno.readFile(resolve(world.folder, picture.file));
      await write(
        connection,
        `HTTP/1.1 200 OK\r\nContent-Type: image/${picture.format}\r\n` +
          `Content-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`,
      );
      await write(connection, bytes.subarray(0, bytes.length / 2));
    }
  };

  const accept = async () => {
    for await (const connection of listener) {
      open.add(connection);
      answer(connection)
        // The visitor hung up first: nothing is left to be said.
        .catch((error) => {
          if (!isHangUp(error)) throw error;
        })
        .finally(() => {
          if (open.delete(connection)) connection.close();
        });
    }
  };
  accept();
  return {
    port: listener.addr.port,
    [Symbol.dispose]: () => {
      listener.close();
      for (const connection of open) connection.close();
      open.clear();
    },
  };
}

/** The request's first kilobytes. The last one is left unread: closing then sends a reset. */
async function readRequest(connection: Deno.Conn): Promise<string> {
  const buffer = new Uint8Array(4096);
  let length = 0;
  const decoder = new TextDecoder();
  while (length < buffer.length) {
    const read = await connection.read(buffer.subarray(length, length + 1));
    if (read === null) break;
    length += read;
    const text = decoder.decode(buffer.subarray(0, length));
    // Three of the four characters that end a request: the fourth stays in the socket.
    if (text.endsWith("\r\n\r") || (!text.startsWith("GET") && length > 3)) break;
  }
  return decoder.decode(buffer.subarray(0, length));
}

async function write(connection: Deno.Conn, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}

function isHangUp(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.ConnectionAborted || error instanceof Deno.errors.BadResource ||
    error instanceof Deno.errors.Interrupted;
}
