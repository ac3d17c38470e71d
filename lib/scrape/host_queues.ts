/** A picture to be fetched. */
export interface Job {
  readonly id: number;
  readonly url: string;
  readonly host: string;
  /** Place in its query; 0 for what earlier crawls have left. */
  readonly rank: number;
  readonly attempt: number;
}

/** What a host's downloads have taken. */
interface HostRecord {
  running: number;
  finished: number;
  /** All finished ones together. */
  seconds: number;
}

/**
 * Pictures that wait, host by host, and the order in which the hosts are served: each in turn, so that
 * none waits for another's long queue. Before them go hosts that would keep the crawl waiting in the
 * end, because they are slow or have many pictures.
 */
export class HostQueues {
  readonly #queues = new Map<string, Job[]>();
  readonly #records = new Map<string, HostRecord>();
  readonly #all: HostRecord = { running: 0, finished: 0, seconds: 0 };
  #size = 0;

  /** How many pictures wait. */
  get size(): number {
    return this.#size;
  }

  /** How many were taken and are not done. */
  get running(): number {
    return this.#all.running;
  }

  /** Hosts with pictures that wait. */
  hosts(): string[] {
    return [...this.#queues.keys()];
  }

  /** Puts a picture behind those of its rank, so that every engine has its turn. */
  add(job: Job): void {
    const queue = this.#queues.get(job.host) ?? [];
    let place = queue.length;
    while (place > 0 && queue[place - 1]!.rank > job.rank) place--;
    queue.splice(place, 0, job);
    this.#queues.set(job.host, queue);
    this.#size++;
  }

  /**
   * Hosts in the order of their turns, those first that would end after all others because, with the
   * places that they have, their last picture would not be begun in time. It is reckoned with one
   * place less than there are; that one is left to the hosts in turn.
   */
  inTurn(places: number): string[] {
    const usual = this.#all.finished > 0 ? this.#all.seconds / this.#all.finished : 1;
    const hosts = [...this.#queues].map(([host, { length }]) => {
      const [{ running, finished, seconds }] = this.#recordsOf(host);
      const each = (seconds + usual) / (finished + 1);
      return { host, running, each, work: (length + running) * each };
    });
    const secondsLeft = hosts.reduce((sum, { work }) => sum + work, 0) / (places - 1);
    const { late = [], others = [] } = Object.groupBy(
      hosts,
      ({ running, each, work }) => work >= (running + 1) * (secondsLeft - each) ? "late" : "others",
    );
    return [...late, ...others].map(({ host }) => host);
  }

  /** Takes the next picture of a host that has one; its next turn comes after all others'. */
  take(host: string): Job {
    const queue = this.#queues.get(host)!;
    const job = queue.shift()!;
    this.#size--;
    this.#queues.delete(host);
    if (queue.length > 0) this.#queues.set(host, queue);
    for (const record of this.#recordsOf(host)) record.running++;
    return job;
  }

  /** A picture that was taken is done with, after so many seconds. */
  done(host: string, seconds: number): void {
    for (const record of this.#recordsOf(host)) {
      record.running--;
      record.finished++;
      record.seconds += seconds;
    }
  }

  /** Takes all pictures of a host. */
  takeAll(host: string): readonly Job[] {
    const queue = this.#queues.get(host) ?? [];
    this.#queues.delete(host);
    this.#size -= queue.length;
    return queue;
  }

  /** Of the host, and of all. */
  #recordsOf(host: string): [HostRecord, HostRecord] {
    const record = this.#records.get(host) ?? { running: 0, finished: 0, seconds: 0 };
    this.#records.set(host, record);
    return [record, this.#all];
  }
}
