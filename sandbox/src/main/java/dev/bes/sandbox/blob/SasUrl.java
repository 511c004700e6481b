package dev.bes.sandbox.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** Puts the three parts of a SAS reference together, whichever of them brings the slash and the question mark. */
final class SasUrl {

    private SasUrl() {}

    /** @param base the address of the store, without a slash at its end */
    static String of(String base, BlobReference reference) {
        String token = Objects.requireNonNull(reference.sasBlobToken());
        return base + "/" + escaped(reference.path()) + (token.startsWith("?") ? token : "?" + token);
    }

    /** The path with every segment escaped for a URL. */
    static String escaped(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(segment -> URLEncoder.encode(segment, UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
