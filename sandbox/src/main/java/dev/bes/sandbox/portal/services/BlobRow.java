package dev.bes.sandbox.portal.services;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.ResultLinks;
import dev.bes.sandbox.blob.UnreachableStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An input or output of a job.
 *
 * @param path container and blob
 * @param link a read-only link to the blob; null when the job brought no key that can sign one, or leads beyond loopback
 */
public record BlobRow(String name, String path, @Nullable String link) {

    static List<BlobRow> all(Map<String, BlobReference> references, ResultLinks links) {
        return new TreeMap<>(references)
                .entrySet().stream()
                        .map(entry -> of(entry.getKey(), entry.getValue(), links))
                        .toList();
    }

    private static BlobRow of(String name, BlobReference reference, ResultLinks links) {
        return new BlobRow(name, reference.path(), link(reference, links));
    }

    private static @Nullable String link(BlobReference reference, ResultLinks links) {
        try {
            BlobReference link = links.to(reference);
            String token = link.sasBlobToken();
            return token == null || token.isEmpty() ? null : link.baseLocation() + link.relativeLocation() + token;
        } catch (IllegalArgumentException | UnreachableStore e) {
            // the account key of the job is not base64, or its blob is beyond loopback
            return null;
        }
    }
}
