package dev.bes.orchestrator.web;

/**
 * A multipart form.
 *
 * @param parts what was put in so far
 */
public record Form(String parts) {
    private static final String BOUNDARY = "between-the-parts";

    public static Form of(String definition) {
        return new Form("").with("definition", definition);
    }

    public Form with(String name, String value) {
        return part("name=\"" + name + "\"", value);
    }

    public Form file(String input, String fileName, String content) {
        return part("name=\"" + input + "\"; filename=\"" + fileName + "\"", content);
    }

    private Form part(String disposition, String content) {
        return new Form(parts + "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n"
                + content + "\r\n");
    }

    public String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    public String body() {
        return parts + "--" + BOUNDARY + "--\r\n";
    }
}
