package dev.bes.orchestrator.run;

/** The last fact durably known of a scoring's current attempt. */
public enum Step {
    /** The attempt is wanted. */
    PLANNED,
    /** The inputs are checked and lie in the blob store. */
    STAGED,
    /** The call after which a remote job is at work may or may not have been sent; by its id, its name or its nonce it is ours. */
    SUBMITTED,
    /** The remote job was started. */
    STARTED,
    /** The remote job finished; its outputs are to be fetched. */
    SCORED,
    /** Every output is home and checked. */
    DELIVERED
}
