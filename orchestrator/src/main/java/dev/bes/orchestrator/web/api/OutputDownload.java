package dev.bes.orchestrator.web.api;

import dev.bes.orchestrator.web.problem.ProblemKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A file to be fetched, whole or in part. Source of the rules: RFC 9110, section 14.
 *
 * @param file the file
 */
record OutputDownload(Resource file) {
    private static final String ONE = "\\s*(?:[0-9]+-[0-9]*|-[0-9]+)\\s*";
    private static final Pattern RANGES = Pattern.compile("bytes=" + ONE + "(?:," + ONE + ")*");

    /**
     * What Spring is to send; it goes by the range of the request itself where that is for it.
     *
     * @throws ErrorResponseException if the range lies outside of the file
     */
    Resource as(HttpHeaders asked) {
        String range = asked.getFirst(HttpHeaders.RANGE);
        if (range == null) {
            return file;
        }
        if (!isFor(range, asked.getFirst(HttpHeaders.IF_RANGE))) {
            return new InputStreamResource(file);
        }
        try {
            HttpRange.toResourceRegions(HttpRange.parseRanges(range), file);
            return file;
        } catch (IllegalArgumentException e) {
            throw outside(size(file));
        }
    }

    /** A range that is none, in another unit, or for a version that we never named, is ignored. */
    private static boolean isFor(String range, @Nullable String version) {
        return version == null && RANGES.matcher(range).matches();
    }

    private static ErrorResponseException outside(long size) {
        ProblemDetail problem = ProblemKind.UNSATISFIABLE_RANGE.detail("The file has %d bytes".formatted(size));
        ErrorResponseException refusal =
                new ErrorResponseException(ProblemKind.UNSATISFIABLE_RANGE.status(), problem, null);
        refusal.getHeaders().set(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
        return refusal;
    }

    private static long size(Resource file) {
        try {
            return file.contentLength();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
