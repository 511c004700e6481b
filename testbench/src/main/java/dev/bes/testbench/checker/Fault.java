package dev.bes.testbench.checker;

/** What a driver does to the parts, as far as the checker has to tell it apart. */
public enum Fault {
    /** A node's process is killed. */
    NODE_KILLED,
    /** A node's process is stopped for a while and goes on later. */
    NODE_PAUSED,
    /** A node is asked to end. */
    NODE_TERMINATED,
    /** A node's clock is wrong. */
    NODE_CLOCK,
    /** The database is away, or silent. */
    DATABASE_DOWN,
    /** Sessions of the database are ended. */
    SESSIONS_ENDED,
    /** Locks, space or connections of the database are short. */
    DATABASE_STRAINED,
    /** Calls to the remote side fail, or their replies are lost, late or broken. */
    CALLS_DISTURBED,
    /** A call reaches the remote side twice, though the caller sent it once. */
    CALLS_RESENT,
    /** The remote side misbehaves by itself. */
    REMOTE_SICK,
    /** The blob store misbehaves, or is away. */
    BLOBS_SICK,
    /** Folders are away, full or read-only. */
    FOLDERS_SICK
}
