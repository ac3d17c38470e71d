import assert from "node:assert/strict";
import { HostQueues } from "../../lib/scrape/host_queues.ts";

/** Queues with so many pictures of every host. */
function queuesOf(counts: Record<string, number>): HostQueues {
  const queues = new HostQueues();
  for (const [host, count] of Object.entries(counts)) {
    for (let rank = 1; rank <= count; rank++) {
      queues.add({ id: rank, url: `http://${host}/${rank}`, host, rank, attempt: 1 });
    }
  }
  return queues;
}

/** Seconds until all is fetched at so many places, where every host always takes the same time. */
function simulate(queues: HostQueues, places: number, secondsOf: Record<string, number>): {
  seconds: number;
  firsts: string[];
} {
  const running: { host: string; end: number }[] = [];
  const firsts: string[] = [];
  let now = 0;
  while (queues.size > 0 || running.length > 0) {
    while (queues.size > 0 && queues.running < places) {
      const [host] = queues.inTurn(places);
      queues.take(host!);
      firsts.push(host!);
      running.push({ host: host!, end: now + secondsOf[host!]! });
    }
    running.sort((one, other) => one.end - other.end);
    const { host, end } = running.shift()!;
    now = end;
    queues.done(host, secondsOf[host]!);
  }
  return { seconds: now, firsts };
}

Deno.test("HostQueues: hosts with equal queues are served in turn", () => {
  const { firsts } = simulate(queuesOf({ a: 3, b: 3, c: 3 }), 1, { a: 1, b: 1, c: 1 });
  assert.equal(firsts.join(""), "abcabcabc");
});

Deno.test("HostQueues: a slow host does not keep the crawl waiting in the end, nor holds all places", () => {
  const counts = Object.fromEntries(Array.from({ length: 20 }, (_, host) => [`host${host}`, 50]));
  const seconds = Object.fromEntries(Object.keys(counts).map((host) => [host, 0.05]));
  seconds.host7 = 1.05;
  const queues = queuesOf(counts);
  const { seconds: taken, firsts } = simulate(queues, 16, seconds);
  const least = 50 * (19 * 0.05 + 1.05) / 16;
  assert.ok(taken < least * 1.01, `${taken} s, at least ${least} s`);
  // By the time that half of all are begun, every host is about half done.
  const half = firsts.slice(0, 500);
  for (const host of Object.keys(counts)) {
    assert.ok(half.filter((name) => name === host).length >= 15, host);
  }
});

Deno.test("HostQueues: a single picture does not wait for long queues", () => {
  const { firsts } = simulate(queuesOf({ long: 100, short: 1 }), 4, { long: 1, short: 1 });
  assert.ok(firsts.indexOf("short") < 10, String(firsts.indexOf("short")));
});
