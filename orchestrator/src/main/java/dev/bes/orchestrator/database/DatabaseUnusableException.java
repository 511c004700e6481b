package dev.bes.orchestrator.database;

/** The service can't start on its database. */
public class DatabaseUnusableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * Says why not.
     *
     * @param action what to do about it
     */
    DatabaseUnusableException(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** What to do about it. */
    public String action() {
        return action;
    }
}
