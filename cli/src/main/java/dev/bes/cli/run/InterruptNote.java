package dev.bes.cli.run;

import java.util.function.Supplier;

/** Says something when the process is interrupted. The JVM then ends with 130, as shells expect. */
final class InterruptNote {

    private InterruptNote() {}

    /**
     * Does something that may take long.
     *
     * @param work what takes long
     * @param note called if the process is interrupted meanwhile
     * @return what the work returns
     */
    static <T> T during(Supplier<T> work, Runnable note) {
        Thread hook = new Thread(note);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the process is ending, and the note is being given
            }
        }
    }
}
