package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.Fault;

/** Something bad that is done to one part of the stage for a while. */
sealed interface Mischief
        permits NodeGone,
                NodePaused,
                ClockStepped,
                DatabaseGone,
                DatabaseReadOnly,
                SessionsEnded,
                PoolExhausted,
                DiskFull,
                FolderSick,
                LinkSpoiled,
                StoreRefuses {

    /** What takes it back. */
    interface Undo {
        void run() throws Exception;
    }

    /** What kind of thing it is, for the table at the end. */
    String name();

    /** What the checker calls it. */
    Fault fault();

    /** The part that it is done to; nothing else is done to that part meanwhile. */
    String target();

    /** Whether it can be done here: not every machine lets us mount disks or turn clocks. */
    default boolean isPossible(Stage stage) {
        return true;
    }

    /**
     * Does it.
     *
     * @return what takes it back, and returns when the part is well again
     */
    Undo begin(Stage stage) throws Exception;
}
