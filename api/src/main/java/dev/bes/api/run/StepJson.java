package dev.bes.api.run;

/** The last fact durably known of a scoring. */
public enum StepJson {
    /** The scoring is accepted. */
    PLANNED,
    /** The inputs are checked and lie in the blob store. */
    STAGED,
    /** The id of the remote job is known; its start may or may not have been sent. */
    SUBMITTED,
    /** The remote job was started. */
    STARTED,
    /** The remote job finished; its outputs are to be fetched. */
    SCORED,
    /** Every output is delivered and checked. */
    DELIVERED
}
