package dev.bes.api.client;

import dev.bes.api.run.RunEventJson;

/** Gets the events of a stream, one after the other, on the thread that reads it. */
public interface RunEventListener {

    /** A run or one of its scorings has moved. */
    void moved(RunEventJson event);

    /**
     * So many entries were missed that the stream left them out: those with numbers above the first and up to the second. The list
     * of runs says what has become of them.
     */
    void leftOut(long after, long to);
}
