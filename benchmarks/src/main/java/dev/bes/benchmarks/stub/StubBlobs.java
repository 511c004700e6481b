package dev.bes.benchmarks.stub;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs in memory, by container and path; signatures are not looked at. Bodies are text: the work is CSV files. */
final class StubBlobs {

    private static final Map<String, String> BLOB = Map.of(
            "ETag", "\"0x1\"",
            "Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT",
            "Content-Type", "application/octet-stream",
            "x-ms-blob-type", "BlockBlob");

    private final Map<String, String> blobs = new ConcurrentHashMap<>();
    private final Counts counts;

    StubBlobs(Counts counts) {
        this.counts = counts;
    }

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
        String content = blobs.get(from);
        if (content == null) {
            throw new IllegalStateException("A job was started whose input " + from + " is not there");
        }
        blobs.put(to, content);
    }

    void clear() {
        blobs.clear();
    }

    private Reply container() {
        counts.add("create container");
        return new Reply(201, BLOB, "");
    }

    private Reply put(String path, Request request) {
        counts.add("put blob");
        boolean onlyNew = request.header("If-None-Match").isPresent();
        String there = onlyNew ? blobs.putIfAbsent(path, request.body()) : null;
        if (there != null) {
            return new Reply(409, Map.of("x-ms-error-code", "BlobAlreadyExists"), "");
        }
        if (!onlyNew) {
            blobs.put(path, request.body());
        }
        return new Reply(201, BLOB, "");
    }

    private Reply get(String path) {
        counts.add("get blob");
        String content = blobs.get(path);
        if (content == null) {
            return missing();
        }
        int length = content.length();
        return new Reply(206, BLOB, content).with("Content-Range", "bytes 0-" + (length - 1) + "/" + length);
    }

    private Reply head(String path) {
        counts.add("blob properties");
        return blobs.containsKey(path) ? new Reply(200, BLOB, "") : missing();
    }

    private static Reply missing() {
        return new Reply(404, Map.of("x-ms-error-code", "BlobNotFound"), "");
    }
}
