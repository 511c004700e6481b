package dev.bes.benchmarks.stub;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
    private static final String META = "x-ms-meta-";

    private final NavigableMap<String, Blob> blobs = new ConcurrentSkipListMap<>();
    private final CallCounts counts;

    StubBlobs(CallCounts counts) {
        this.counts = counts;
    }

    record Blob(String content, Map<String, String> metadata) {}

    /** Answers a call whose path begins with the container. */
    Reply handle(Request request) {
        String path = request.path().substring(1).replace("%2F", "/");
        return switch (request.method()) {
            case "PUT" -> request.query("restype").isPresent() ? container() : put(path, request);
            case "GET" -> request.query("restype").isPresent() ? list(path, request) : get(path, request);
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

    /** What a deployment does with a folder: its files in one, without headers, each row behind the name of its file and its number. */
    void append(String folder, String to) {
        StringBuilder answer = new StringBuilder();
        blobs.forEach((path, blob) -> {
            if (path.startsWith(folder)) {
                List<String> lines = blob.content.lines().toList();
                for (int row = 1; row < lines.size(); row++) {
                    answer.append(path, folder.length(), path.length())
                            .append(',')
                            .append(row - 1);
                    answer.append(',').append(lines.get(row)).append('\n');
                }
            }
        });
        blobs.put(to, new Blob(answer.toString(), Map.of()));
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

    private Reply get(String path, Request request) {
        counts.add("get blob");
        Blob blob = blobs.get(path);
        if (blob == null) {
            return missing();
        }
        int length = blob.content.length();
        Matcher range = RANGE.matcher(
                request.header("x-ms-range").or(() -> request.header("Range")).orElse(""));
        int from = range.matches() ? Integer.parseInt(range.group(1)) : 0;
        int to = range.matches() ? (int) Math.min(length, Long.parseLong(range.group(2)) + 1) : length;
        return new Reply(206, BLOB, blob.content.substring(from, to))
                .with("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + length);
    }

    private Reply list(String container, Request request) {
        counts.add("list blobs");
        return new Reply(
                200, Map.of("Content-Type", "application/xml"), BlobList.page(blobs, container + "/", request));
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
