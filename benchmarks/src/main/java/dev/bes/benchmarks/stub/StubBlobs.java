package dev.bes.benchmarks.stub;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Blobs in memory, by container and path; signatures are not looked at. Bodies are text: the work is CSV files. What comes in
 * blocks is not kept, so that a file of any size fits.
 */
final class StubBlobs {

    private static final Map<String, String> BLOB = Map.of(
            "ETag", "\"0x1\"",
            "Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT",
            "Content-Type", "application/octet-stream",
            "x-ms-blob-type", "BlockBlob");

    private static final String META = "x-ms-meta-";

    private final Map<String, Blob> blobs = new ConcurrentHashMap<>();
    private final CallCounts counts;

    StubBlobs(CallCounts counts) {
        this.counts = counts;
    }

    private record Blob(String content, Map<String, String> metadata) {}

    /** Answers a call whose path begins with the container. */
    Reply handle(Request request) {
        String path = request.path().substring(1).replace("%2F", "/");
        return switch (request.method()) {
            case "PUT" -> request.query("restype").isPresent() ? container() : put(path, request);
            case "GET" -> get(path);
            case "HEAD" -> head(path);
            default -> new Reply(405, Map.of(), "");
        };
    }

    /** What the service does when a job runs: the output becomes a copy of the input. */
    void copy(String from, String to) {
        Blob blob = blobs.get(from);
        if (blob == null) {
            throw new IllegalStateException("A job was started whose input " + from + " is not there");
        }
        blobs.put(to, blob);
    }

    void clear() {
        blobs.clear();
    }

    private Reply container() {
        counts.add("create container");
        return new Reply(201, BLOB, "");
    }

    private Reply put(String path, Request request) {
        boolean inBlocks = request.query("comp").isPresent();
        if (inBlocks && request.query("comp").orElseThrow().equals("block")) {
            counts.add("put block");
            return new Reply(201, BLOB, "");
        }
        counts.add("put blob");
        boolean onlyNew = request.header("If-None-Match").isPresent();
        Blob blob = new Blob(inBlocks ? "" : request.body(), metadata(request));
        Blob there = onlyNew ? blobs.putIfAbsent(path, blob) : null;
        if (there != null) {
            return new Reply(409, Map.of("x-ms-error-code", "BlobAlreadyExists"), "");
        }
        if (!onlyNew) {
            blobs.put(path, blob);
        }
        return new Reply(201, BLOB, "");
    }

    private Reply get(String path) {
        counts.add("get blob");
        Blob blob = blobs.get(path);
        if (blob == null) {
            return missing();
        }
        int length = blob.content.length();
        return new Reply(206, BLOB, blob.content).with("Content-Range", "bytes 0-" + (length - 1) + "/" + length);
    }

    private Reply head(String path) {
        counts.add("blob properties");
        Blob blob = blobs.get(path);
        if (blob == null) {
            return missing();
        }
        Map<String, String> headers = new HashMap<>(BLOB);
        headers.putAll(blob.metadata);
        headers.put("Content-Length", Integer.toString(blob.content.length()));
        return new Reply(200, headers, "");
    }

    private static Map<String, String> metadata(Request request) {
        Map<String, String> metadata = new HashMap<>();
        request.headers().map().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(META)) {
                metadata.put(name, values.getFirst());
            }
        });
        return metadata;
    }

    private static Reply missing() {
        return new Reply(404, Map.of("x-ms-error-code", "BlobNotFound"), "");
    }
}
