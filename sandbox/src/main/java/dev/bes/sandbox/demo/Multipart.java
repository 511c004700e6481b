package dev.bes.sandbox.demo;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A form with one text field and one file, as a browser sends it.
 *
 * @param boundary what separates the parts
 * @param body the parts
 */
record Multipart(String boundary, BodyPublisher body) {

    static Multipart of(String field, String value, String fileField, Path file) {
        String boundary = "demo-" + UUID.randomUUID();
        String head = """
                --%1$s
                Content-Disposition: form-data; name="%2$s"

                %3$s
                --%1$s
                Content-Disposition: form-data; name="%4$s"; filename="%5$s"
                Content-Type: text/csv

                """.formatted(boundary, field, value, fileField, file.getFileName());
        String tail = "\r\n--" + boundary + "--\r\n";
        try {
            return new Multipart(
                    boundary,
                    BodyPublishers.concat(
                            BodyPublishers.ofString(head.replace("\n", "\r\n")),
                            BodyPublishers.ofFile(file),
                            BodyPublishers.ofString(tail)));
        } catch (FileNotFoundException e) {
            throw new DemoFailure("There is no " + file, e);
        }
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }
}
