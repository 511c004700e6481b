package dev.bes.benchmarks.stub;

import dev.bes.benchmarks.stub.StubBlobs.Blob;
import dev.bes.sandbox.http.Request;
import java.util.Map;
import java.util.NavigableMap;

/** The answer of List Blobs to a prefix, page by page. Folders are not told from blobs. */
final class BlobList {
    private static final int PAGE = 5_000;

    private BlobList() {}

    static String page(NavigableMap<String, Blob> blobs, String container, Request request) {
        String prefix = container + request.query("prefix").orElse("");
        String first = request.query("marker")
                .filter(marker -> !marker.isEmpty())
                .map(marker -> container + marker)
                .orElse(prefix);
        StringBuilder page = new StringBuilder("<EnumerationResults><Blobs>");
        int listed = 0;
        String next = "";
        for (Map.Entry<String, Blob> blob : blobs.tailMap(first).entrySet()) {
            if (!blob.getKey().startsWith(prefix)) {
                break;
            }
            String name = blob.getKey().substring(container.length());
            if (listed++ == PAGE) {
                next = name;
                break;
            }
            page.append("<Blob><Name>").append(name).append("</Name><Properties>");
            page.append("<Last-Modified>Mon, 01 Jan 2024 00:00:00 GMT</Last-Modified><Etag>0x1</Etag>");
            page.append("<BlobType>BlockBlob</BlobType><Content-Length>");
            page.append(blob.getValue().content().length());
            page.append("</Content-Length></Properties></Blob>");
        }
        return page.append("</Blobs><NextMarker>")
                .append(next)
                .append("</NextMarker></EnumerationResults>")
                .toString();
    }
}
