import assert from "node:assert/strict";
import sharp from "sharp";
import { isLoopbackAddress, isPublicAddress } from "../../lib/scrape/addresses.ts";
import { HostGate } from "../../lib/scrape/host_gate.ts";
import { HttpClient } from "../../lib/scrape/http_client.ts";
import { optOut } from "../../lib/scrape/opt_out.ts";
import { isForeignMediaType, pictureFormat } from "../../lib/scrape/picture_format.ts";
import { retryAfterSeconds } from "../../lib/scrape/retry_after.ts";
import { RobotsRules } from "../../lib/scrape/robots.ts";
import { perceptualHash } from "../../lib/scrape/mod.ts";
import { type Handler, picture, serveFixture } from "./fixture_web.ts";

Deno.test("isPublicAddress refuses private, link-local, shared, mapped and translated addresses", () => {
  const inside = `0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 172.31.255.255
    192.168.1.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fc00::1
    fd12::1 ff02::1 2001:db8::1 ::ffff:10.0.0.1 ::ffff:7f00:1 ::ffff:a9fe:a9fe 64:ff9b::a00:1
    2002:a00:1:: ::127.0.0.1 no-address`.split(/\s+/);
  for (const address of inside) assert.equal(isPublicAddress(address), false, address);
  const outside = "1.1.1.1 172.15.0.1 172.32.0.1 100.128.0.1 2606:4700::1 ::ffff:1.1.1.1".split(
    " ",
  );
  for (const address of outside) assert.equal(isPublicAddress(address), true, address);
  for (const address of ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"]) {
    assert.equal(isLoopbackAddress(address), true, address);
  }
  for (const address of ["10.0.0.1", "1.1.1.1", "::2"]) {
    assert.equal(isLoopbackAddress(address), false, address);
  }
});

Deno.test("optOut reads every line, minds scopes and values with colons", () => {
  const read = (...lines: string[]) =>
    optOut((name) => name === "x-robots-tag" ? lines : [], { product: "faces" });
  assert.equal(read("noai"), "X-Robots-Tag: noai");
  assert.equal(read("nofollow, NoImageAI"), "X-Robots-Tag: noimageai");
  assert.equal(read("nofollow", "noindex"), "X-Robots-Tag: noindex");
  assert.equal(read("otherbot: noindex, noai"), null);
  assert.equal(read("otherbot: noindex, faces: noai"), "X-Robots-Tag: noai");
  assert.equal(read("Faces: none"), "X-Robots-Tag: none");
  assert.equal(read("max-snippet: 20, unavailable_after: 2030-01-01, noml"), "X-Robots-Tag: noml");
  assert.equal(read("index, follow"), null);
  assert.equal(read(), null);
  const reserved = (value: string) =>
    optOut((name) => name === "tdm-reservation" ? [value] : [], { product: "faces" });
  assert.equal(reserved("1"), "tdm-reservation: 1");
  assert.equal(reserved("0"), null);
});

Deno.test("retryAfterSeconds reads seconds and dates", () => {
  const now = new Date("2026-01-01T00:00:00Z");
  assert.equal(retryAfterSeconds("120", now), 120);
  assert.equal(retryAfterSeconds("Thu, 01 Jan 2026 00:01:30 GMT", now), 90);
  assert.equal(retryAfterSeconds("Thu, 01 Jan 2015 00:00:00 GMT", now), 0);
  assert.equal(retryAfterSeconds("soon", now), null);
  assert.equal(retryAfterSeconds(null, now), null);
});

Deno.test("pictureFormat knows the five formats by their first bytes and nothing else", async () => {
  assert.equal(pictureFormat(await picture(1)), "jpg");
  assert.equal(pictureFormat(await picture(1, { format: "png" })), "png");
  assert.equal(pictureFormat(await picture(1, { format: "webp" })), "webp");
  const text = (content: string) => new TextEncoder().encode(content);
  assert.equal(pictureFormat(text("GIF89a..........")), "gif");
  assert.equal(pictureFormat(text("\0\0\0\x1cftypavif....")), "avif");
  for (
    const other of ["", "GIF", "<!DOCTYPE html>", "%PDF-1.7........", "RIFF....WAVE....", "BM"]
  ) {
    assert.equal(pictureFormat(text(other)), null, other);
  }
  assert.equal(isForeignMediaType("text/html; charset=utf-8"), true);
  assert.equal(isForeignMediaType("image/jpeg"), false);
  assert.equal(isForeignMediaType("application/octet-stream"), false);
  assert.equal(isForeignMediaType(null), false);
});

Deno.test("perceptualHash: copies are near, other pictures far", async () => {
  const distance = (left: string, right: string) =>
    Array.from(left, (digit, index) => {
      const bits = parseInt(digit, 16) ^ parseInt(right[index]!, 16);
      return [...bits.toString(2)].filter((bit) => bit === "1").length;
    }).reduce((sum, bits) => sum + bits, 0);
  const hashOf = (bytes: Uint8Array) => perceptualHash(sharp(bytes));
  const hash = await hashOf(await picture(7));
  assert.match(hash, /^[0-9a-f]{64}$/);
  const copy = await picture(7, { width: 400, height: 450, format: "webp", quality: 80 });
  assert.ok(distance(hash, await hashOf(copy)) <= 14);
  assert.ok(distance(hash, await hashOf(await picture(8))) > 60);
});

/** The verdict on a path of a host whose robots.txt is answered by the handler. */
async function verdict(path: string, handler: Handler | string): Promise<string> {
  await using web = serveFixture({ "a.example": handler });
  using client = new HttpClient({
    userAgent: "faces/1.0",
    contact: null,
    timeout: 2,
    allowLoopback: [],
    connectTo: web.connectTo,
  });
  const gate = new HostGate({ concurrency: 1, gap: 0 });
  const rules = new RobotsRules(client, { gate, product: "faces" });
  return await rules.verdict(new URL(`http://a.example${path}`));
}

Deno.test("RobotsRules: the longest rule wins, Allow wins a tie, our own group is ours alone", async () => {
  const rules = (text: string): Handler => () => new Response(text);
  const everyone = "User-agent: *\nDisallow: /a\nAllow: /a/open\nDisallow: /*.gif$\n";
  assert.equal(await verdict("/a/1.jpg", rules(everyone)), "disallowed");
  assert.equal(await verdict("/a/open/1.jpg", rules(everyone)), "allowed");
  assert.equal(await verdict("/b.gif", rules(everyone)), "disallowed");
  assert.equal(await verdict("/b.gif?x", rules(everyone)), "allowed");
  const tie = "User-agent: *\nDisallow: /same\nAllow: /same\n";
  assert.equal(await verdict("/same", rules(tie)), "allowed");
  const own = "User-agent: *\nDisallow: /\n\nUser-agent: Faces\nDisallow: /no\n";
  assert.equal(await verdict("/yes", rules(own)), "allowed");
  assert.equal(await verdict("/no", rules(own)), "disallowed");
});

Deno.test("RobotsRules: 4xx allows, 5xx and 429 and silence do not, redirects are followed", async () => {
  const status = (code: number): Handler => () => new Response(null, { status: code });
  assert.equal(await verdict("/1.jpg", status(404)), "allowed");
  assert.equal(await verdict("/1.jpg", status(403)), "allowed");
  assert.equal(await verdict("/1.jpg", status(500)), "unreachable");
  assert.equal(await verdict("/1.jpg", status(429)), "unreachable");
  const all = await verdict(
    "/1.jpg",
    (_request, { pathname }) =>
      pathname === "/robots.txt"
        ? new Response(null, { status: 301, headers: { location: "/rules" } })
        : new Response("User-agent: *\nDisallow: /"),
  );
  assert.equal(all, "disallowed");
  const loop = await verdict(
    "/1.jpg",
    () => new Response(null, { status: 301, headers: { location: "/robots.txt" } }),
  );
  assert.equal(loop, "allowed");
  const nowhere = await verdict(
    "/1.jpg",
    () => new Response(null, { status: 301, headers: { location: "http://[" } }),
  );
  assert.equal(nowhere, "allowed");
});

Deno.test("HostGate: gaps between starts, pauses, and a slower pace on demand", async () => {
  const gate = new HostGate({ concurrency: 2, gap: 0.02 });
  const began = performance.now();
  for (let count = 0; count < 4; count++) await gate.pace("a.example");
  assert.ok(performance.now() - began >= 59, "four starts take at least three gaps");
  const first = gate.tryEnter("a.example");
  const second = gate.tryEnter("a.example");
  assert.ok(first && second);
  assert.equal(gate.tryEnter("a.example"), null);
  assert.ok(gate.tryEnter("b.example"));
  first();
  first();
  assert.ok(gate.tryEnter("a.example"));
  assert.equal(gate.tryEnter("a.example"), null, "leaving twice frees one place");
  gate.pause("c.example", 60);
  assert.equal(gate.tryEnter("c.example"), null);
  assert.ok(gate.pauseOf("c.example") > 59_000);
});
