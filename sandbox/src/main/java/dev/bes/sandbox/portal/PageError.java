package dev.bes.sandbox.portal;

/** Ends a request with an error page. */
public final class PageError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    /**
     * Creates an error.
     *
     * @param status the HTTP status, 400 to 599
     * @param title the heading of the page
     * @param detail what is wrong, and what to do
     */
    public PageError(int status, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
    }

    /** 404: what the address names does not exist. */
    public static PageError notFound(String detail) {
        return new PageError(404, "Not found", detail);
    }

    /** 400: the request has a mistake. */
    public static PageError badRequest(String detail) {
        return new PageError(400, "Bad request", detail);
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
