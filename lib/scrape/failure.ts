/**
 * Why an address could not be fetched. The reasons are few and stable, because they are counted:
 *
 * - passing: `connection`, `timeout`, `cut-short`, `server-error`, `too-many-requests`,
 *   `no-such-host`, `robots-unreachable`, `opt-out-unreachable`, `told-to-wait`
 * - lasting: `missing`, `refused`, `redirects`, `private-address`, `robots`, `opt-out`,
 *   `too-large`, `not-a-picture`, `empty`
 */
export class FetchFailure extends Error {
  override readonly name = "FetchFailure";
  /** The reason, as it is counted. */
  readonly reason: string;
  /** The particulars, free of anything that changes from run to run. */
  readonly detail: string | null;
  /** True when another try may end differently. */
  readonly passing: boolean;
  /** Seconds that the host asked to wait before the next try. */
  readonly retryAfter: number | null;

  constructor(
    reason: string,
    { detail = null, passing = false, retryAfter = null, cause }: {
      detail?: string | null;
      passing?: boolean;
      retryAfter?: number | null;
      cause?: unknown;
    } = {},
  ) {
    super(detail ? `${reason}: ${detail}` : reason, { cause });
    this.reason = reason;
    this.detail = detail;
    this.passing = passing;
    this.retryAfter = retryAfter;
  }
}
