package dev.bes.sandbox.http;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
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
public record Multipart(String boundary, BodyPublisher body) {

    /**
     * A form with these two fields.
     *
     * @throws UncheckedIOException when there is no such file
     */
    public static Multipart of(String field, String value, String fileField, Path file) {
        String boundary = "form-" + UUID.randomUUID();
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
            throw new UncheckedIOException("There is no " + file, e);
        }
    }

    /** The value of the header that says what the body is. */
    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }
}
