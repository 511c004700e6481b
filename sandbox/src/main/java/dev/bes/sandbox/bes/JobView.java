package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job at one moment, for a page.
 *
 * @param submitted when it was created
 * @param startRequested when its latest start was accepted; null if it was not started
 * @param changed when it last changed
 * @param place its place in the queue of its service, from 1; null if it does not wait there
 * @param inputs the inputs by name, with their secrets: show a link instead
 * @param outputs the outputs by name, with their secrets; before its end, those whose location the caller chose
 * @param parameters a value for each parameter of the service
 * @param details why it failed; null otherwise
 */
public record JobView(
        String id,
        JobState state,
        Instant submitted,
        @Nullable Instant startRequested,
        Instant changed,
        @Nullable Integer place,
        Map<String, BlobReference> inputs,
        Map<String, BlobReference> outputs,
        Map<String, String> parameters,
        @Nullable String details) {

    static final Comparator<JobView> NEWEST_FIRST =
            Comparator.comparing(JobView::submitted).reversed().thenComparing(JobView::id);
}
